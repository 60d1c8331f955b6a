"""An officer plans a meeting, sees who comes, knows them again, logs what was said, and reads one timeline."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.models import Person
from events.models import Event
from tests.contacts.factories import OfficerFactory, PersonFactory
from tests.journeys import officer as desk
from tests.journeys import partner
from tests.journeys.reader import InProcess, Reader

PASSWORD = "fire ord uden sammenhæng"
ANA = {"name": "Ana Ørsted", "email": "ana@example.org"}
BEN = {"name": "Ben Æbelø", "email": "ben@example.org"}


@pytest.fixture
def officer(db, says):
    user = OfficerFactory(language=says.code)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def at_desk(officer, says):
    """The officer, signed in."""
    reader = desk.sign_in(Reader(InProcess(says.code)), says, email=officer.email, password=PASSWORD)
    assert (reader.status, reader.language) == (200, says.code)
    return reader


@pytest.fixture
def planned(at_desk, says):
    """An event on the public site; the officer stands on its page in the workspace."""
    start = timezone.now() + timedelta(days=20)
    desk.draft(at_desk, says, starts_at=start, ends_at=start + timedelta(hours=2))
    desk.publish(at_desk, says)
    return Event.objects.get()


def test_a_draft_is_nobodys_but_the_officers_until_it_is_published(at_desk, says):
    start = timezone.now() + timedelta(days=20)
    desk.draft(at_desk, says, starts_at=start, ends_at=start + timedelta(hours=2))
    title = desk.EVENT["title"]
    assert title not in Reader().open(says.front).follow(says.events).text

    desk.publish(at_desk, says)

    shown = Reader().open(says.front).follow(says.events).follow(title)
    assert (shown.status, shown.heading) == (200, title)
    assert "Vi begynder med kaffe." in shown.text


def test_from_a_planned_meeting_to_one_timeline(at_desk, officer, planned, says, mailboxes, work):
    desk.keep_organisation(at_desk, says, kind="cultural")
    partner.take_part(Reader(), says, planned, mailboxes, work, **ANA, organisation="kulturforeningen aabne doere")

    at_desk.open(desk.DESK).follow(says.events).follow(planned.title)
    assert ANA["name"] in at_desk.text
    assert partner.DETAILS["needs"] in at_desk.text
    desk.link_to_new_person(at_desk, says, ANA["name"])
    assert at_desk.heading == ANA["name"]
    assert desk.ORGANISATION["name"] in at_desk.text, "known by any spelling"
    due = (timezone.localdate() + timedelta(days=7)).isoformat()
    said = {"summary": "Vi aftalte en aften for forældre.", "promise": "Send materialet", "promise_due": due}
    desk.log_dialogue(at_desk, says, kind="call", note="Kun for os.", **said)

    assert (at_desk.heading, says.nobody_mailed in at_desk.text) == (ANA["name"], True)
    shown = desk.timeline(at_desk)
    assert any("Send materialet" in line for line in shown)
    assert any(says.registered_for in line and planned.title in line for line in shown)
    assert "Vi aftalte en aften for forældre." in at_desk.text
    person = Person.objects.get()
    assert (person.name, person.owner) == (ANA["name"], officer)


def test_a_registration_is_linked_to_somebody_known(at_desk, officer, planned, says, mailboxes, work):
    known = PersonFactory(name="Ben Aebeloe", email=BEN["email"], owner=officer)
    partner.take_part(Reader(), says, planned, mailboxes, work, **BEN)

    desk.link_to_known_person(at_desk, says, BEN["name"])
    at_desk.open(known.get_absolute_url())

    assert planned.title in at_desk.text
    known.refresh_from_db()
    assert known.name == "Ben Aebeloe", "public input changes no contact"


@pytest.mark.parametrize("spelling", ["Åbne Døre", "aabne doere", "ABNE DORE"])
def test_an_organisation_is_found_by_any_spelling(at_desk, says, spelling):
    desk.keep_organisation(at_desk, says, kind="cultural")

    at_desk.open(f"{desk.DESK}search/").press(says.search, q=spelling).follow(desk.ORGANISATION["name"])

    assert at_desk.heading == desk.ORGANISATION["name"]


def test_somebody_who_phoned_gets_a_seat_and_no_mail(at_desk, planned, says, mailboxes, work):
    desk.register_caller(at_desk, says, name="Cim Åkjær")
    work()

    assert f"Cim Åkjær {says.phoned_has_seat}" in at_desk.text
    assert planned.registrations.confirmed().get().name == "Cim Åkjær"
    assert mailboxes.letters() == []


def test_somebody_who_phoned_and_has_an_address_gets_the_same_mail_as_others(at_desk, planned, says, mailboxes, work):
    desk.register_caller(at_desk, says, **BEN)
    work()

    assert mailboxes.last(BEN["email"]).calendar["METHOD"] == "REQUEST"
