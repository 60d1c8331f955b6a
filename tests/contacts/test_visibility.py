"""Need to know: what an officer may not see is in no queryset (security.md, 4 and 6)."""

from datetime import timedelta

import pytest
import time_machine

from contacts.models import Affiliation, Dialogue, FollowUp, Organisation, Person, RegistrationLink
from outreach.accounts.models import Role
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    TeamFactory,
    dialogue,
    grant,
)

pytestmark = pytest.mark.django_db
KINDS = pytest.mark.parametrize("factory", [PersonFactory, OrganisationFactory])


@pytest.fixture(autouse=True)
def on_a_monday():
    with time_machine.travel(f"{TODAY}T09:00:00+01:00", tick=False):
        yield


def seen(model, user):
    return set(model.objects.visible_to(user))


@KINDS
def test_every_officer_sees_a_contact_that_is_not_restricted(factory):
    contact, officer = factory(), OfficerFactory()

    assert seen(type(contact), officer) == {contact}


@KINDS
def test_only_the_owner_sees_a_restricted_contact(factory):
    contact = factory(restricted=True)

    assert seen(type(contact), contact.owner) == {contact}
    assert seen(type(contact), OfficerFactory()) == set()
    assert seen(type(contact), OfficerFactory(role=Role.TEAM_LEAD)) == set()


@KINDS
def test_a_grant_opens_a_restricted_contact_until_its_last_day_has_passed(factory):
    contact, colleague = factory(restricted=True), OfficerFactory()
    granted = grant(contact, colleague, until=TODAY)
    assert seen(type(contact), colleague) == {contact}

    granted.until = TODAY - timedelta(days=1)
    granted.save()
    assert seen(type(contact), colleague) == set()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.TEAM_LEAD}))
def test_other_roles_see_no_contact_at_all(role):
    contact, user = PersonFactory(), OfficerFactory(role=role)
    talk = dialogue(contact.owner, people=[contact])
    FollowUpFactory(person=contact, dialogue=talk)

    assert [seen(model, user) for model in (Person, Dialogue, FollowUp)] == [set(), set(), set()]


def test_a_colleague_who_left_sees_nothing():
    contact = PersonFactory(owner__is_active=False)

    assert seen(Person, contact.owner) == set()


def test_a_role_is_seen_only_when_both_its_ends_are():
    owner = OfficerFactory()
    role = AffiliationFactory(person__owner=owner, organisation__owner=owner, organisation__restricted=True)

    assert seen(Affiliation, owner) == {role}
    assert seen(Affiliation, OfficerFactory()) == set()


def test_a_dialogue_is_seen_when_one_participant_is():
    hidden, known = PersonFactory(restricted=True), OrganisationFactory()
    talk = dialogue(hidden.owner, people=[hidden], organisations=[known])

    read = Dialogue.objects.visible_to(OfficerFactory()).as_read_by(OfficerFactory()).get()

    assert read == talk
    assert (read.seen_people, read.seen_organisations, read.hidden) == ([], [known], 0)


def test_whoever_was_there_knows_how_many_are_hidden_from_them():
    hidden, officer = PersonFactory(restricted=True), OfficerFactory()
    talk = dialogue(hidden.owner, people=[hidden])
    talk.officers.add(officer)

    assert Dialogue.objects.visible_to(officer).as_read_by(officer).get().hidden == 1


def test_a_dialogue_with_hidden_participants_only_is_hidden_too():
    hidden = PersonFactory(restricted=True)
    dialogue(hidden.owner, people=[hidden])

    assert seen(Dialogue, OfficerFactory()) == set()


def test_whoever_wrote_a_dialogue_or_was_in_it_keeps_seeing_it():
    hidden, author, colleague = PersonFactory(restricted=True), OfficerFactory(), OfficerFactory()
    talk = dialogue(author, people=[hidden], officers=[colleague])

    assert seen(Dialogue, author) == {talk}
    assert Dialogue.objects.visible_to(colleague).as_read_by(colleague).get().hidden == 1


@pytest.mark.parametrize(
    ("readers", "expected"),
    [("me", {"author"}), ("team", {"author", "team mate"}), ("officers", {"author", "team mate", "other"})],
)
def test_an_internal_note_opens_for_its_readers_only(readers, expected):
    team = TeamFactory()
    users = {
        "author": OfficerFactory(teams=[team]),
        "team mate": OfficerFactory(teams=[team, TeamFactory()]),
        "other": OfficerFactory(teams=[TeamFactory()]),
    }
    dialogue(users["author"], people=[PersonFactory()], note="Prefers text messages.", note_readers=readers)

    reads = {name for name, user in users.items() if Dialogue.objects.as_read_by(user).get().note_to_read}

    assert reads == expected


def test_a_follow_up_about_a_hidden_contact_is_hidden_even_when_the_organisation_is_known():
    hidden = PersonFactory(restricted=True)
    FollowUpFactory(person=hidden, organisation=OrganisationFactory(), owner=hidden.owner)

    assert seen(FollowUp, hidden.owner) != set()
    assert seen(FollowUp, OfficerFactory()) == set()


def test_a_follow_up_about_nobody_is_its_owners_alone():
    mine = FollowUpFactory()

    assert seen(FollowUp, mine.owner) == {mine}
    assert seen(FollowUp, OfficerFactory()) == set()


def test_a_follow_up_about_a_contact_we_may_no_longer_see_is_gone_from_our_list_too():
    hidden, colleague = PersonFactory(restricted=True), OfficerFactory()
    FollowUpFactory(person=hidden, owner=colleague)

    assert seen(FollowUp, colleague) == set()


def test_a_link_to_a_hidden_person_is_hidden():
    hidden = PersonFactory(restricted=True)
    RegistrationLink.objects.create(registration=RegistrationFactory(), person=hidden, linked_by=hidden.owner)

    assert seen(RegistrationLink, hidden.owner) != set()
    assert seen(RegistrationLink, OfficerFactory()) == set()


@pytest.mark.parametrize("spelling", ["Åbne Døre", "aabne doere", "abne dore", "ÅBNE", "dør åbne"])
def test_an_organisation_is_found_by_any_spelling(spelling):
    found = OrganisationFactory(name="Kulturforeningen Åbne Døre")
    OrganisationFactory(name="Boligforeningen Lysningen")

    assert list(Organisation.objects.found_by(spelling)) == [found]


@pytest.mark.parametrize("text", ["amina.rahbek@example.dk", "AMINA", "00000012", "+45 00 00 00 12", "0000 0012"])
def test_a_person_is_found_by_address_and_by_part_of_a_number(text):
    found = PersonFactory(name="Amina Rahbek", email="amina.rahbek@example.dk", phone="+45 00 00 00 12")
    PersonFactory(name="Yusuf Dahl", phone="+45 00 00 00 77")

    assert list(Person.objects.found_by(text)) == [found]


def test_those_whose_name_begins_with_the_words_come_first():
    later, first = PersonFactory(name="Anna Lund"), PersonFactory(name="Lund Madsen")

    assert Person.objects.best_found("lund", 5) == [first, later]
