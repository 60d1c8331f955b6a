"""What lasts whole days is told in days: no hour on a page, in a mail or in a calendar."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone, translation

from events import tasks
from events.models import Event, Reminder
from events.services import calendar, copying, planning
from events.services.capacity import SeatPlan
from events.templatetags.event_tags import event_hours, event_when
from outreach.links import public_href
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 29, 8, tzinfo=UTC)
HERE = ZoneInfo("Europe/Copenhagen")


def at(*when):
    return datetime(*when, tzinfo=HERE)


def planned(starts_at, ends_at, **facts):
    told = {
        "title": "Uddannelsesdage",
        "public_title": "Kursus",
        "summary": "To dage.",
        "venue_name": "Havnen",
        "kind": Event.Kind.COURSE,
        "whole_days": True,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    event = planning.plan({**told, **facts}, seats=SeatPlan(9), officer=OfficerFactory(), now=NOW)
    return planning.publish(event, officer=event.owner, now=NOW)


def entry(text):
    [found] = icalendar.Calendar.from_ical(text).walk("VEVENT")
    return found


@pytest.mark.parametrize(
    ("first", "last", "after"),
    [
        ((2027, 1, 12, 10), (2027, 1, 12, 10), date(2027, 1, 13)),
        ((2027, 1, 12, 10), (2027, 1, 13, 9), date(2027, 1, 14)),
        ((2027, 3, 27, 0), (2027, 3, 28, 0), date(2027, 3, 29)),  # the clock goes forward on the second day
        ((2026, 12, 31, 23), (2027, 1, 1, 1), date(2027, 1, 2)),
    ],
)
def test_a_calendar_reads_days_and_the_day_after_the_last(first, last, after, started):
    found = entry(calendar.file(planned(at(*first), at(*last))))

    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(*first[:3]), after)
    assert found["DTSTART"].params["VALUE"] == "DATE"
    assert "TZID" not in found["DTSTART"].params


def test_the_entry_in_a_mail_says_the_same_days(started):
    event = planned(at(2027, 1, 12, 10), at(2027, 1, 13, 9))
    registration = RegistrationFactory(event=event, confirmed=True)

    found = entry(calendar.invitation(registration, now=NOW))

    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2027, 1, 12), date(2027, 1, 14))


@pytest.mark.parametrize(
    ("language", "last", "told"),
    [
        ("da", 12, "Tirsdag den 12. januar 2027"),
        ("da", 13, "Tirsdag den 12. januar 2027 til onsdag den 13. januar 2027"),
        ("en", 12, "Tuesday 12 January 2027"),
        ("en", 13, "Tuesday 12 January 2027 to Wednesday 13 January 2027"),
    ],
)
def test_pages_and_mails_tell_the_days_alone(client, language, last, told, started):
    event = planned(at(2027, 1, 12, 10), at(2027, 1, last, 12), language=language)
    registration = RegistrationFactory(event=event, confirmed=True, language=language)
    tasks.registration_confirmed.func(str(registration.pk))

    with translation.override(language):
        assert event_when(event) == told
        page = client.get(public_href("events:event", event.slug)).content.decode()

    assert told in page
    assert f"\n{told}\n" in OutboxMessage.objects.get().text


def test_a_list_of_the_desk_says_all_day():
    event = EventFactory.build(whole_days=True)

    with translation.override("da"):
        assert event_hours(event) == "Hele dagen"


def test_to_tell_days_instead_of_hours_is_a_change_that_those_who_come_hear_of(started):
    event = EventFactory(starts_at=at(2027, 1, 12, 10), ends_at=at(2027, 1, 12, 16))
    RegistrationFactory(event=event, confirmed=True)

    changed = planning.change(event, {"whole_days": True}, officer=event.owner, now=NOW)

    assert changed.sequence == event.sequence + 1
    assert "events.event_changed" in [name for name, *_ids in started]


def test_a_copy_lasts_whole_days_too(started):
    event = planned(at(2027, 1, 12, 10), at(2027, 1, 13, 9))

    made = copying.copy(event, day=date(2027, 3, 27), officer=event.owner, now=NOW)

    assert (made.whole_days, made.days) == (True, [date(2027, 3, 27), date(2027, 3, 28)])


def test_mails_about_whole_days_go_out_in_the_morning(started):
    event = planned(at(2027, 1, 12, 10), at(2027, 1, 13, 9), asks_days_before=5, releases_days_before=2)
    before, after = (
        Reminder(event=event, anchor=anchor, days=1) for anchor in (Reminder.Anchor.START, Reminder.Anchor.END)
    )

    assert event.asks_at == at(2027, 1, 7, 9)
    assert event.releases_at == at(2027, 1, 10, 9)
    assert (before.due_at, after.due_at) == (at(2027, 1, 11, 9), at(2027, 1, 14, 9))


def test_it_is_not_over_before_its_last_day_is():
    event = EventFactory.build(starts_at=at(2027, 1, 12, 10), ends_at=at(2027, 1, 13, 9))
    facts = planning.in_keeping(
        {"whole_days": True, "starts_at": event.starts_at, "ends_at": event.ends_at}, event.attendance
    )

    assert facts["starts_at"] == at(2027, 1, 12)
    assert facts["ends_at"] == at(2027, 1, 13, 23, 59)


def test_an_officer_plans_whole_days_and_writes_no_hours_that_count(client):
    client.force_login(OfficerFactory())
    day = timezone.localdate().replace(year=timezone.localdate().year + 1).isoformat()
    told = {"title": "Uddannelsesdag", "public_title": "Kursus", "kind": "course", "language": "da"}
    told |= {"summary": "En dag.", "starts_at": f"{day}T12:00", "ends_at": f"{day}T12:00", "whole_days": "on"}
    told |= {"venue_name": "Havnen", "attendance": "in_person", "capacity": "9", "visibility": "public"}

    answer = client.post(reverse("events_workspace:plan"), told)

    assert answer.status_code == 302, answer.context["form"].errors
    event = Event.objects.get()
    assert (event.whole_days, [each.isoformat() for each in event.days]) == (True, [day])
