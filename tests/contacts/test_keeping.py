"""Roles, and who may see a contact."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from contacts.models import Affiliation, Person
from contacts.services.keeping import keep, put_main_roles
from contacts.services.rhythm import keep_rhythm
from contacts.services.roles import end_role, give_role
from contacts.services.sharing import LONGEST, TooLong, end_access, give_access, open_up, restrict
from outreach.audit.models import Entry
from tests.contacts.factories import TODAY, AffiliationFactory, OrganisationFactory, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


def role(person, name, **fields):
    return Affiliation(person=person, organisation=OrganisationFactory(), role=name, **fields)


def test_the_first_role_is_the_main_one_and_a_new_main_role_takes_its_place(officer):
    person = PersonFactory()
    first = give_role(role(person, "chair"), actor=officer)
    second = give_role(role(person, "member"), actor=officer)
    assert (first.primary, second.primary) == (True, False)

    third = give_role(role(person, "coach", primary=True), actor=officer)

    assert list(person.affiliations.filter(primary=True)) == [third]


def test_when_the_main_role_ends_another_takes_its_place(officer):
    person = PersonFactory()
    main, other = give_role(role(person, "chair"), actor=officer), give_role(role(person, "member"), actor=officer)

    end_role(main, ended_on=TODAY, actor=officer)

    assert list(person.affiliations.current()) == [other]
    assert person.affiliations.current().get().primary


def test_the_database_refuses_a_role_that_ends_before_it_starts():
    with pytest.raises(IntegrityError), transaction.atomic():
        AffiliationFactory(started_on=TODAY, ended_on=TODAY - timedelta(days=1))


def test_the_main_role_shown_is_one_the_reader_may_see(officer, stranger):
    held = AffiliationFactory(person__owner=officer, organisation__owner=officer, organisation__restricted=True)
    people = [held.person]

    put_main_roles(people, officer)
    assert people[0].role == held
    put_main_roles(people, stranger)
    assert people[0].role is None


def test_a_restricted_contact_is_gone_for_all_but_its_owner_and_those_let_in(officer, colleague, stranger, monday):
    person = PersonFactory(owner=officer)

    restrict(person, actor=officer, reason="new board")
    give_access(person, colleague, until=TODAY + LONGEST, reason="joint visit", actor=officer, today=TODAY)

    sees = [bool(Person.objects.visible_to(user)) for user in (officer, colleague, stranger)]
    assert sees == [True, True, False]


def test_access_given_again_is_changed_not_doubled(officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    give_access(person, colleague, until=TODAY, reason="joint visit", actor=officer, today=TODAY)

    give_access(person, colleague, until=TODAY + timedelta(days=30), reason="holiday", actor=officer, today=TODAY)

    assert person.grants.get().until == TODAY + timedelta(days=30)


def test_access_beyond_a_year_is_refused_and_what_stood_before_stands(officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    give_access(person, colleague, until=TODAY, reason="joint visit", actor=officer, today=TODAY)

    beyond = TODAY + LONGEST + timedelta(days=1)
    with pytest.raises(TooLong):
        give_access(person, colleague, until=beyond, reason="for ever", actor=officer, today=TODAY)

    assert person.grants.get().until == TODAY


def test_access_that_ended_is_over_and_recorded(officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    grant = give_access(person, colleague, until=TODAY, reason="joint visit", actor=officer, today=TODAY)

    end_access(grant, actor=officer)

    assert not person.grants.exists()
    verbs = Entry.objects.filter(object_label="contacts.ContactGrant").values_list("verb", flat=True)
    assert sorted(verbs) == ["create", "delete"]


def test_opening_a_contact_ends_the_access_given_while_it_was_closed(officer, colleague):
    person = PersonFactory(owner=officer, restricted=True)
    give_access(person, colleague, until=TODAY, reason="joint visit", actor=officer, today=TODAY)

    open_up(person, actor=officer, reason="settled")

    assert not person.grants.exists()
    assert not Person.objects.get().restricted


@pytest.mark.parametrize("factory", [PersonFactory, OrganisationFactory])
def test_a_talk_logged_while_a_contact_is_edited_is_not_put_back(officer, factory):
    week = timedelta(weeks=1)
    contact = factory(owner=officer, rhythm_weeks=8, last_dialogue_on=TODAY - 10 * week)
    edited = type(contact).objects.get(pk=contact.pk)
    end = "people" if factory is PersonFactory else "organisations"
    dialogue(officer, **{end: [contact]}, day=TODAY)
    keep_rhythm([contact])

    edited.name, edited.rhythm_weeks = "Amina Rahbek", 4
    keep(edited, actor=officer, version=edited.version)

    contact.refresh_from_db()
    assert (contact.name, contact.last_dialogue_on, contact.talk_by) == ("Amina Rahbek", TODAY, TODAY + 4 * week)


def test_a_rhythm_agreed_while_a_talk_is_logged_holds(officer):
    person = PersonFactory(owner=officer, rhythm_weeks=8)
    dialogue(officer, people=[person], day=TODAY)
    edited = Person.objects.get(pk=person.pk)
    edited.rhythm_weeks = 4
    keep(edited, actor=officer, version=edited.version)

    keep_rhythm([person])

    person.refresh_from_db()
    assert (person.rhythm_weeks, person.talk_by) == (4, TODAY + timedelta(weeks=4))


def test_a_contact_restricted_while_it_is_edited_stays_restricted(officer):
    person = PersonFactory(owner=officer, remember="old")
    edited = Person.objects.get(pk=person.pk)
    restrict(person, actor=officer, reason="threatened")

    edited.remember = "new"
    keep(edited, actor=officer, version=edited.version)

    person.refresh_from_db()
    assert (person.restricted, person.remember) == (True, "new")
