"""The calendar entry of one registration: mailed, downloaded, changed and taken back as one and the same."""

from datetime import timedelta

import icalendar
import pytest
from django.utils import timezone

from events.models import Event, RegistrationToken
from events.services import calendar, planning, tokens
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

MANAGE = RegistrationToken.Purpose.MANAGE


@pytest.fixture
def addresses():
    """The addresses of the site as they are."""


@pytest.fixture
def registration():
    event = EventFactory(by_invitation=True, registered=1, public_title="Netværksmøde", sequence=4)
    return event.registrations.select_related("event").get()


def address(registration, *, language="da") -> str:
    """Of the file behind the personal link."""
    token = tokens.issue(registration, MANAGE)
    return {"da": f"/arrangementer/min-tilmelding/{token}/", "en": f"/en/events/my-registration/{token}/"}[language]


def read(text) -> tuple[icalendar.Calendar, icalendar.Component]:
    parsed = icalendar.Calendar.from_ical(text)
    [entry] = parsed.walk("VEVENT")
    return parsed, entry


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_personal_page_leads_to_the_file(client, registration, language):
    page = address(registration, language=language)

    assert f'href="{page}calendar.ics"' in client.get(page).content.decode()
    assert client.get(f"{page}calendar.ics").status_code == 200


def test_the_file_is_the_entry_that_was_mailed(client, registration):
    response = client.get(f"{address(registration)}calendar.ics")

    _parsed, mailed = read(calendar.invitation(registration, now=timezone.now()))
    parsed, entry = read(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert "METHOD" not in parsed
    for name in ("UID", "SEQUENCE", "STATUS", "SUMMARY", "LOCATION"):
        assert entry[name] == mailed[name]
    assert (entry.start, entry.end) == (mailed.start, mailed.end)
    assert entry["LAST-MODIFIED"].dt == entry["DTSTAMP"].dt == registration.event.updated_at.replace(microsecond=0)


def test_who_gets_the_file_passed_on_learns_no_link_and_no_name(client, registration):
    page = address(registration)
    token = page.rstrip("/").rsplit("/", 1)[1]

    text = client.get(f"{page}calendar.ics").content.decode().replace("\r\n ", "")

    for told in (token, registration.name, registration.email, "ATTENDEE", "ORGANIZER", "min-tilmelding"):
        assert told not in text


def test_no_proxy_keeps_the_file_and_a_browser_asks_each_time(client, registration):
    file, other = f"{address(registration)}calendar.ics", f"{address(RegistrationFactory(waiting=True))}calendar.ics"

    for answer in (client.get(file), client.get(other), client.get(file, headers={"If-None-Match": "*"})):
        assert set(answer["Cache-Control"].split(", ")) == {"private", "no-cache"}


def test_a_file_that_has_not_changed_is_not_sent_again(client, registration):
    file = f"{address(registration)}calendar.ics"
    before = client.get(file)["ETag"]

    assert client.get(file, headers={"If-None-Match": before}).status_code == 304

    now = timezone.now()
    planning.change(registration.event, {"venue_name": "Salen"}, officer=registration.event.owner, now=now)
    answer = client.get(file, headers={"If-None-Match": before})
    assert (answer.status_code, "Salen" in answer.content.decode()) == (200, True)


def test_who_has_a_seat_is_led_to_no_second_entry_beside_the_mailed(client):
    event = EventFactory()
    guest = RegistrationFactory(event=event, email="ana@example.org")

    answer = client.post(f"/arrangementer/bekraeft/{tokens.issue(guest, RegistrationToken.Purpose.CONFIRM)}/")

    assert "Din plads er sikret" in answer.content.decode()
    assert "Læg i kalender" not in answer.content.decode()


@pytest.mark.parametrize("trait", ["waiting", "offered"])
def test_who_has_no_seat_is_led_to_no_entry_that_a_seat_would_double(client, trait):
    assert "Læg i kalender" not in client.get(address(RegistrationFactory(**{trait: True}))).content.decode()


@pytest.mark.parametrize("trait", ["waiting", "offered"])
def test_who_has_no_seat_has_no_file(client, trait):
    registration = RegistrationFactory(**{trait: True})

    assert client.get(f"{address(registration)}calendar.ics").status_code == 404


def test_a_link_of_another_kind_or_none_opens_no_file(client, registration):
    confirm = tokens.issue(registration, RegistrationToken.Purpose.CONFIRM)

    for token in (confirm, "x", "A" * 43):
        assert client.get(f"/arrangementer/min-tilmelding/{token}/calendar.ics").status_code == 404


def test_the_file_of_a_meeting_called_off_says_so(client, registration):
    planning.cancel_event(registration.event, officer=registration.event.owner, now=timezone.now())

    _parsed, entry = read(client.get(f"{address(registration)}calendar.ics").content)
    assert (entry["STATUS"], entry["SEQUENCE"], str(entry["SUMMARY"])) == ("CANCELLED", 5, "Aflyst: Netværksmøde")


def test_an_entry_keeps_its_identity_when_the_site_moves_to_another_host(settings, registration):
    settings.PUBLIC_BASE_URL = "https://old.example"
    event, now = registration.event, timezone.now()
    calendar.write_down(event, now=now)
    before = read(calendar.invitation(registration, now=now))[1]["UID"], read(calendar.file(event))[1]["UID"]

    settings.PUBLIC_BASE_URL, settings.CALENDAR_DOMAIN = "https://new.example", "old.example"

    calendar.write_down(event, now=now)
    assert read(calendar.withdrawal(registration, now=now))[1]["UID"] == before[0] == f"{registration.pk}@old.example"
    assert read(calendar.file(event))[1]["UID"] == before[1] == f"{event.pk}@old.example"


# What is newer


@pytest.mark.parametrize(
    "facts",
    [
        {"public_title": "Et andet møde"},
        {"venue_name": "Et andet sted"},
        {"venue_address": "Enghavevej 1"},
        {"attendance": Event.Attendance.BOTH},
    ],
    ids=str,
)
def test_a_change_that_matters_makes_every_entry_newer(facts):
    event = EventFactory(registered=1)
    calendar.write_down(event, now=event.created_at)
    event.save()
    before, now = read(calendar.file(event))[1], timezone.now() + timedelta(minutes=5)

    changed = planning.change(event, facts, officer=event.owner, now=now)

    after, own = read(calendar.file(changed))[1], changed.registrations.select_related("event").get()
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["LAST-MODIFIED"].dt == after["DTSTAMP"].dt == now.replace(microsecond=0)
    assert read(calendar.invitation(own, now=now))[1]["SEQUENCE"] == before["SEQUENCE"] + 1


def test_what_no_calendar_shows_makes_no_entry_newer():
    event = EventFactory(registered=1)

    changed = planning.change(event, {"title": "Internt", "text_before": "x"}, officer=event.owner, now=timezone.now())

    assert changed.sequence == event.sequence
