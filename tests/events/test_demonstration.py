from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest

from events import demonstration
from events.models import Event, Invitation, Registration
from events.services import calendar
from events.services.narrowing import Narrowing
from outreach.mail.models import OutboxMessage
from outreach.places.models import Municipality, PoliceDistrict
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Known:
    name: str
    email: str
    organisation: str = "Kulturforeningen Åbne Døre"
    role: str = "formand"


@pytest.fixture
def officers():
    return OfficerFactory.create_batch(4)


@pytest.fixture
def load(officers):
    guests = [Known(f"Kendt Person {n}", f"kendt{n}@example.org") for n in range(60)]

    def load(today=TODAY, now=NOW):
        return demonstration.load(officers=officers, guests=guests, today=today, now=now)

    return load


def test_twelve_events_show_every_state(load):
    load()

    events = Event.objects.all()
    assert len(events) == 12
    assert {event.status for event in events} == set(Event.Status)
    assert {event.visibility for event in events} == set(Event.Visibility)
    assert {event.kind for event in events} == set(Event.Kind)
    assert Event.objects.past(NOW).count() == 2
    assert Event.objects.listed(NOW).count() == 6
    assert {registration.status for registration in Registration.objects.all()} >= {
        "pending",
        "confirmed",
        "waiting",
        "offered",
        "cancelled",
    }


def test_the_counters_agree_with_the_registrations(load):
    for event in load():
        rows = event.registrations
        assert event.seats.taken == rows.confirmed().count() + rows.offered().count() <= event.seats.capacity
        assert event.seats.waiting == rows.waiting().count()


def test_a_full_event_has_people_waiting_for_it(load):
    load()

    [full] = Event.objects.filter(seats__waiting__gt=0)
    assert full.seats.taken == full.seats.capacity
    assert [registration.queue_number for registration in full.registrations.waiting()] == [2, 3, 4, 5]


def test_loading_twice_changes_nothing(load):
    load()
    before = [list(model.objects.order_by("pk").values()) for model in (Event, Registration)]

    load(today=TODAY + timedelta(days=3), now=NOW + timedelta(days=3))

    assert [list(model.objects.order_by("pk").values()) for model in (Event, Registration)] == before


def test_nobody_is_sent_a_mail_and_nobody_could_get_one(load, work):
    load()
    work()

    assert not OutboxMessage.objects.exists()
    assert {email.rpartition("@")[2] for email in Registration.objects.values_list("email", flat=True)} == {
        "example.com",
        "example.org",
    }


@pytest.mark.parametrize("today", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)])
def test_no_event_falls_on_a_weekend_whatever_the_day(load, today):
    now = datetime(today.year, today.month, today.day, 22, 30, tzinfo=UTC)

    events = load(today=today, now=now)

    assert {event.starts_at.weekday() for event in events} <= set(range(5))
    assert sum(event.ends_at < now for event in events) == 2


def test_the_course_over_two_days_ends_on_the_clock_also_when_the_clock_changes(load):
    saturday_before_the_change = date(2026, 10, 24)
    events = {event.title: event for event in load(today=saturday_before_the_change - timedelta(days=23))}

    course = events["Kursus: den svære samtale"]
    assert f"{course.starts_at:%H:%M}–{course.ends_at:%H:%M}" == "09:00–15:00"


def test_the_calendar_holds_the_public_ones(load):
    load()

    entries = icalendar.Calendar.from_ical(calendar.feed(Narrowing(), now=NOW, language="da")).walk("VEVENT")

    assert len(entries) == 9
    assert [str(entry["SUMMARY"]) for entry in entries if entry["STATUS"] == "CANCELLED"] == ["Aflyst: Netværksmøde"]


def test_an_event_knows_its_municipality_where_places_are_loaded(load):
    district = PoliceDistrict.objects.create(name="Østjyllands Politi", slug="oestjylland")
    aarhus = Municipality.objects.create(name="Aarhus", slug="aarhus", code="751", police_district=district)

    load()

    assert Event.objects.filter(municipality=aarhus).count() == 3


def test_removing_takes_only_the_demonstration(load):
    kept = RegistrationFactory(event=EventFactory())
    load()

    demonstration.remove()

    assert list(Registration.objects.all()) == [kept]
    assert list(Event.objects.all()) == [kept.event]


def test_the_meeting_by_invitation_shows_who_said_what(load):
    load()
    load()

    counts = Counter(Invitation.objects.values_list("status", flat=True))
    assert counts == {"accepted": 6, "sent": 4, "prepared": 2, "declined": 1}
    assert Registration.objects.exclude(invitation=None).count() == 6
    assert not OutboxMessage.objects.exists()
