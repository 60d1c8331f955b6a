"""What an officer may not see is on no screen, and not theirs is the same answer as not there."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from contacts.models import Dialogue, RegistrationLink
from outreach.accounts.models import Role
from outreach.audit.models import Entry
from tests.contacts.factories import (
    TODAY,
    AffiliationFactory,
    FollowUpFactory,
    OfficerFactory,
    OrganisationFactory,
    PersonFactory,
    RegistrationFactory,
    dialogue,
    grant,
)

SECRET = "Hidden Hansen"


@pytest.fixture
def hidden(stranger):
    """A restricted person of another officer, met in every way there is."""
    person = PersonFactory(name=SECRET, owner=stranger, restricted=True, rhythm_weeks=1, email="amina@example.dk")
    known = OrganisationFactory(name="Known Club", owner=stranger)
    AffiliationFactory(person=person, organisation=known, role="secret role", started_on=TODAY)
    talk = dialogue(stranger, people=[person], organisations=[known])
    FollowUpFactory(person=person, organisation=known, owner=stranger, title="secret promise", dialogue=talk)
    dialogue(stranger, people=[person], summary="secret talk")
    return person


def routes(person, organisation, registration):
    return [
        reverse("workspace:today"),
        reverse("workspace:people"),
        reverse("workspace:people") + "?q=hidden",
        reverse("workspace:people") + "?kind=cultural",
        reverse("workspace:people") + f"?owner={person.owner_id}&rhythm=never",
        reverse("workspace:organisations"),
        reverse("workspace:organisation", args=[organisation.pk]),
        reverse("workspace:search") + "?q=hansen",
        reverse("workspace:log") + f"?person={person.pk}",
        reverse("workspace:dialogues") + "?whose=all",
        reverse("workspace:followups") + "?whose=all",
        reverse("workspace:proposals"),
        reverse("workspace:proposal", args=[registration.pk]) + "?q=hansen",
    ]


def test_a_hidden_person_is_on_no_screen(desk, officer, hidden):
    organisation = hidden.affiliations.get().organisation
    registration = RegistrationFactory(event__owner=officer, name=SECRET, email=hidden.email)

    for route in routes(hidden, organisation, registration):
        text = desk.get(route).content.decode().replace(registration.name, "", text_of_the_visitor(route))
        assert "secret" not in text, route
        assert SECRET not in text, route


def text_of_the_visitor(route):
    """The visitor's own name stands on the proposals; count -1 replaces all of it there, 0 nothing elsewhere."""
    return -1 if "/proposals/" in route else 0


def as_shown(desk, url):
    """The page without what differs on every visit."""
    response = desk.get(url)
    changing = r'name="(csrfmiddlewaretoken|form_key|draft)"\s+value="[\w-]+"'
    return response.status_code, re.sub(changing, "", response.content.decode())


def test_every_page_reads_as_if_the_hidden_were_not_there(desk, officer, hidden):
    organisation = hidden.affiliations.get().organisation
    registration = RegistrationFactory(event__owner=officer, name=SECRET, email=hidden.email)
    talk = organisation.dialogues.get()
    urls = [*routes(hidden, organisation, registration), reverse("workspace:dialogue", args=[talk.pk])]
    urls += [organisation.get_absolute_url() + f"?kind={kind}" for kind in ("dialogue", "event", "follow_up", "role")]
    with_them = {url: as_shown(desk, url) for url in urls}

    Dialogue.objects.filter(people=hidden).exclude(pk=talk.pk).delete()
    hidden.delete()

    assert {url: as_shown(desk, url) for url in urls} == with_them
    assert all(status == 200 for status, _text in with_them.values())


def test_nothing_is_suggested_for_a_registration_from_a_hidden_person(desk, officer, hidden):
    RegistrationFactory(event__owner=officer, name=SECRET, email=hidden.email)

    assert "Nobody we know of" in desk.get(reverse("workspace:proposals")).content.decode()


def test_the_count_of_the_list_does_not_betray_anyone(desk, hidden):
    assert "Nobody matches" in desk.get(reverse("workspace:people")).content.decode()


def pages_of(talk, organisation):
    return [
        organisation.get_absolute_url(),
        reverse("workspace:dialogue", args=[talk.pk]),
        reverse("workspace:dialogues") + "?whose=all",
    ]


def test_a_dialogue_with_one_hidden_and_one_known_does_not_say_that_somebody_is_hidden(desk, hidden):
    organisation = hidden.affiliations.get().organisation

    for url in pages_of(organisation.dialogues.get(), organisation):
        assert "hidden from you" not in desk.get(url).content.decode(), url


def test_whoever_was_there_is_told_how_many_are_hidden_from_them(desk, officer, hidden):
    organisation = hidden.affiliations.get().organisation
    talk = organisation.dialogues.get()
    talk.officers.add(officer)

    for url in pages_of(talk, organisation):
        assert "1 participant is hidden from you" in desk.get(url).content.decode(), url


def test_searching_in_the_log_form_finds_no_hidden_person(desk, hidden):
    form = desk.post(reverse("workspace:log"), {"find": "hansen", "search": "1", "kind": "call"}).content.decode()

    assert SECRET not in form


def test_a_made_up_choice_of_a_hidden_person_is_no_choice(desk, hidden):
    typed = {"who": f"person:{hidden.pk}", "kind": "call", "summary": "x", "note_readers": "me", "date": TODAY}

    response = desk.post(reverse("workspace:log"), typed)

    assert "Choose whom you talked with." in response.content.decode()
    assert Dialogue.objects.count() == 2


def without_token(response):
    """The page without the one-time token of its sign-out form."""
    return re.sub(r'value="\w{64}"', "", response.content.decode())


PERSON_PAGES = ["person", "edit_person", "person_access", "new_role", "new_person_followup"]
ORGANISATION_PAGES = ["organisation", "edit_organisation", "organisation_access", "new_organisation_followup"]


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_a_hidden_person_answers_like_one_who_is_not_there(desk, hidden, name):
    theirs = desk.get(reverse(f"workspace:{name}", args=[hidden.pk]))
    missing = desk.get(reverse(f"workspace:{name}", args=[uuid4()]))

    assert (theirs.status_code, without_token(theirs)) == (404, without_token(missing))


@pytest.mark.parametrize("name", ORGANISATION_PAGES)
def test_a_hidden_organisation_answers_like_one_that_is_not_there(desk, stranger, name):
    hidden = OrganisationFactory(owner=stranger, restricted=True)

    theirs = desk.get(reverse(f"workspace:{name}", args=[hidden.pk]))
    missing = desk.get(reverse(f"workspace:{name}", args=[uuid4()]))

    assert (theirs.status_code, without_token(theirs)) == (404, without_token(missing))


@pytest.mark.parametrize("name", ["dialogue", "edit_dialogue"])
def test_a_dialogue_with_hidden_people_only_is_not_there(desk, hidden, name):
    talk = Dialogue.objects.get(summary="secret talk")

    assert desk.get(reverse(f"workspace:{name}", args=[talk.pk])).status_code == 404


def test_a_dialogue_one_may_read_but_was_not_in_cannot_be_changed(desk, stranger):
    talk = dialogue(stranger, people=[PersonFactory()])

    assert desk.get(reverse("workspace:dialogue", args=[talk.pk])).status_code == 200
    assert desk.get(reverse("workspace:edit_dialogue", args=[talk.pk])).status_code == 404


@pytest.mark.parametrize("name", ["followup_done", "followup_reopen"])
def test_a_colleagues_follow_up_is_read_but_not_settled(desk, stranger, name):
    follow_up = FollowUpFactory(owner=stranger, person=PersonFactory())

    assert desk.get(reverse("workspace:followup", args=[follow_up.pk])).status_code == 200
    assert desk.post(reverse(f"workspace:{name}", args=[follow_up.pk])).status_code == 404


@pytest.mark.parametrize("name", ["proposal", "link_proposal", "ignore_proposal"])
def test_another_teams_registration_is_not_there(desk, name):
    url = reverse(f"workspace:{name}", args=[RegistrationFactory().pk])
    method = desk.get if name == "proposal" else desk.post

    assert method(url).status_code == 404


def test_a_registration_is_not_linked_to_a_hidden_person(desk, officer, hidden):
    registration = RegistrationFactory(event__owner=officer)

    response = desk.post(reverse("workspace:link_proposal", args=[registration.pk]), {"person": hidden.pk})

    assert response.status_code == 404
    assert not RegistrationLink.objects.exists()


@pytest.mark.parametrize("person", ["", "abc", "0"])
def test_a_mangled_person_is_not_there(desk, officer, person):
    registration = RegistrationFactory(event__owner=officer)

    url = reverse("workspace:link_proposal", args=[registration.pk])
    assert desk.post(url, {"person": person}).status_code == 404


def test_only_the_owner_lets_others_in_or_out(desk, officer, stranger):
    person = PersonFactory(owner=stranger, restricted=True)
    granted = grant(person, officer)

    assert desk.get(reverse("workspace:person", args=[person.pk])).status_code == 200
    assert desk.get(reverse("workspace:person_access", args=[person.pk])).status_code == 404
    assert desk.post(reverse("workspace:end_access", args=[granted.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR])
@pytest.mark.parametrize("name", ["people", "organisations", "log", "dialogues", "followups", "proposals", "search"])
def test_other_roles_do_not_enter(client, monday, db, role, name):
    client.force_login(OfficerFactory(role=role))

    assert client.get(reverse(f"workspace:{name}")).status_code == 403


def test_a_stranger_is_led_to_the_sign_in_page(client, db):
    response = client.get(reverse("workspace:people"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def seen(desk, url, **query):
    desk.get(url, query)
    return {(entry.verb, entry.object_label, entry.object_id, *entry.ids) for entry in Entry.objects.all()}


def test_reading_a_person_is_recorded(desk, officer):
    person = PersonFactory()

    assert ("view", "contacts.Person", str(person.pk)) in seen(desk, person.get_absolute_url())


def test_reading_a_list_is_recorded_with_those_it_showed(desk):
    person = PersonFactory(name="Amina")
    PersonFactory(name="Yusuf")

    recorded = seen(desk, reverse("workspace:people"), q="amina")

    assert ("search", "contacts.Person", "", str(person.pk)) in recorded


@pytest.mark.parametrize("name", ["proposals", "proposal"])
def test_reading_who_a_registration_may_be_from_is_recorded(desk, officer, name):
    registration = RegistrationFactory(event__owner=officer)
    person = PersonFactory(name=registration.name)
    url = reverse(f"workspace:{name}", args=[registration.pk] if name == "proposal" else [])

    recorded = seen(desk, url)

    assert any(label == "contacts.Person" and str(person.pk) in ids for _verb, label, _pk, *ids in recorded)


def test_reading_whom_a_registration_was_linked_to_is_recorded(desk, officer):
    registration = RegistrationFactory(event__owner=officer)
    person = PersonFactory(name="Somebody Else")
    RegistrationLink.objects.create(registration=registration, person=person, linked_by=officer)

    recorded = seen(desk, reverse("workspace:proposal", args=[registration.pk]))

    assert any(label == "contacts.Person" and str(person.pk) in ids for _verb, label, _pk, *ids in recorded)
