"""What is written is read back with ``icalendar``, and the time zone is also worked out by hand."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from events.models import Event, Registration
from events.services import calendar, ics
from events.services.narrowing import Narrowing
from tests.events.factories import EventFactory

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def made(**facts) -> Event:
    """An event in memory, written down."""
    defaults = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=9, hours=3), "owner": None}
    event = EventFactory.build(**(defaults | facts))
    calendar.write_down(event, now=NOW)
    return event


def read(text: str) -> icalendar.Calendar:
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    return icalendar.Calendar.from_ical(text)


def only(text: str, name: str = "VEVENT") -> icalendar.Component:
    [component] = read(text).walk(name)
    return component


# Times around the changes of the clock. The last column is what the local clock shows.
TIMES = {
    "winter": ("2026-12-02T15:30+00:00", "2026-12-02T16:30+01:00"),
    "summer": ("2026-07-01T14:30+00:00", "2026-07-01T16:30+02:00"),
    "last minute of winter time": ("2026-03-29T00:59+00:00", "2026-03-29T01:59+01:00"),
    "first minute of summer time": ("2026-03-29T01:00+00:00", "2026-03-29T03:00+02:00"),
    "evening after the spring change": ("2026-03-29T17:00+00:00", "2026-03-29T19:00+02:00"),
    "before the autumn change": ("2026-10-24T23:30+00:00", "2026-10-25T01:30+02:00"),
    "the hour that comes twice, first": ("2026-10-25T00:30+00:00", "2026-10-25T02:30+02:00"),
    "the hour that comes twice, second": ("2026-10-25T01:30+00:00", "2026-10-25T02:30+01:00"),
    "first minute of winter time": ("2026-10-25T02:00+00:00", "2026-10-25T03:00+01:00"),
    "another year, spring": ("2031-03-30T01:00+00:00", "2031-03-30T03:00+02:00"),
    "another year, autumn": ("2031-10-26T02:00+00:00", "2031-10-26T03:00+01:00"),
}


@pytest.mark.parametrize(("moment", "shown"), TIMES.values(), ids=TIMES)
def test_icalendar_reads_the_right_moment(moment, shown):
    start = datetime.fromisoformat(moment)
    event = made(starts_at=start, ends_at=start + timedelta(hours=2))

    vevent = only(calendar.file(event))

    assert vevent.start.astimezone(UTC) == start
    assert vevent.end.astimezone(UTC) == start + timedelta(hours=2)
    assert vevent.start.utcoffset() in (timedelta(0), datetime.fromisoformat(shown).utcoffset())


@pytest.mark.parametrize(("moment", "shown"), TIMES.values(), ids=TIMES)
def test_the_time_zone_written_out_gives_the_right_moment(moment, shown):
    """By the rules in the file alone, as a program does that does not know Europe/Copenhagen."""
    expected = datetime.fromisoformat(moment)
    event = made(starts_at=expected, ends_at=expected + timedelta(hours=1))
    value = only(calendar.file(event))["DTSTART"].to_ical().decode()
    if value.endswith("Z"):
        assert datetime.strptime(value, "%Y%m%dT%H%M%S%z") == expected
        return
    local = datetime.strptime(value, "%Y%m%dT%H%M%S")

    zone = {part.name: part for part in only(calendar.file(event), "VTIMEZONE").subcomponents}
    onsets = [
        (onset(zone[name], year), zone[name]["TZOFFSETTO"].td)
        for name in zone
        for year in (local.year - 1, local.year)
    ]
    offset = max(pair for pair in onsets if pair[0] <= local)[1]

    assert (local - offset).replace(tzinfo=UTC) == expected
    assert f"{local:%Y-%m-%dT%H:%M}" == shown[:16]


def onset(part: icalendar.Component, year: int) -> datetime:
    """When this part of the zone begins in that year, in the local time before it: the last Sunday of its month."""
    assert part["RRULE"]["BYDAY"] == ["-1SU"]
    start = part["DTSTART"].dt
    last = datetime(year, part["RRULE"]["BYMONTH"][0], 31, start.hour, start.minute)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def test_the_rules_begin_on_days_that_fit_them():
    for part in only(calendar.file(made()), "VTIMEZONE").subcomponents:
        assert onset(part, part["DTSTART"].dt.year) == part["DTSTART"].dt


@pytest.mark.parametrize("night", ["2026-03-28T20:00+01:00", "2026-10-24T20:00+02:00"])
def test_an_event_across_the_night_of_the_change_keeps_its_real_length(night):
    start = datetime.fromisoformat(night)

    vevent = only(calendar.file(made(starts_at=start, ends_at=start + timedelta(hours=12))))

    assert vevent.end.astimezone(UTC) - vevent.start.astimezone(UTC) == timedelta(hours=12)


@pytest.mark.parametrize(
    "title",
    [
        "Æbler, pærer; og \\ skråstreger",
        "To\nlinjer\r\nog tre",
        "العربية 🙂 " * 10,
        "å" * 140,
        "BEGIN:VEVENT",
        'Sagt med "anførsel"',
    ],
)
def test_any_title_survives(title):
    vevent = only(calendar.file(made(public_title=title)))

    assert str(vevent["SUMMARY"]) == title.replace("\r\n", "\n")


def test_control_characters_are_left_out():
    assert str(only(calendar.file(made(public_title="Mø\x00de\x07")))["SUMMARY"]) == "Møde"


def test_only_the_neutral_title_is_told():
    event = made(title="Forebyggelse af ekstremisme", summary="Om radikalisering", public_title="Netværksmøde")

    assert "kstremisme" not in calendar.file(event)
    assert "radikalisering" not in calendar.file(event)


def test_the_entry_says_when_where_and_who_made_it():
    event = made(attendance="both", sequence=3)

    parsed = read(calendar.file(event))
    [vevent] = parsed.walk("VEVENT")

    assert (parsed["VERSION"], parsed["PRODID"]) == ("2.0", ics.PRODID)
    assert "METHOD" not in parsed
    assert vevent["UID"] == f"{event.pk}@127.0.0.1"
    assert vevent["SEQUENCE"] == 3
    assert vevent["DTSTAMP"].dt == vevent["LAST-MODIFIED"].dt == NOW
    assert str(vevent["LOCATION"]) == "Foreningshuset Åen, Eksempelvej 4, 8000 Aarhus C, Online"
    assert vevent["STATUS"] == "CONFIRMED"
    assert vevent["URL"].endswith(f"/{event.slug}/")


def test_an_event_by_invitation_has_no_public_address():
    assert "URL" not in only(calendar.file(made(visibility=Event.Visibility.INVITATION)))


def test_a_cancelled_event_says_so_in_its_language():
    danish, english = (made(status=Event.Status.CANCELLED, language=language) for language in ("da", "en"))

    assert only(calendar.file(danish))["STATUS"] == "CANCELLED"
    assert str(only(calendar.file(danish))["SUMMARY"]) == "Aflyst: Netværksmøde"
    assert str(only(calendar.file(english))["SUMMARY"]) == "Cancelled: Netværksmøde"


# The seat of one person


@pytest.fixture
def registration():
    return Registration(event=made(sequence=2), name='Åse "Ås" Østergård; formand', email="aase+post@example.org")


def test_the_mailed_entry_is_the_recipients_own_and_accepted(registration):
    parsed = read(calendar.invitation(registration, now=NOW))
    [vevent] = parsed.walk("VEVENT")

    assert parsed["METHOD"] == "REQUEST"
    assert vevent["UID"] == f"{registration.pk}@127.0.0.1"
    assert vevent["SEQUENCE"] == 2
    assert str(vevent["ATTENDEE"]) == "mailto:aase+post@example.org"
    assert vevent["ATTENDEE"].params == {
        "CN": "Åse 'Ås' Østergård; formand",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }
    assert str(vevent["ORGANIZER"]).startswith("mailto:")


def test_the_withdrawal_takes_the_same_entry_out(registration):
    parsed = read(calendar.withdrawal(registration, now=NOW))
    [vevent] = parsed.walk("VEVENT")

    assert parsed["METHOD"] == "CANCEL"
    assert vevent["UID"] == f"{registration.pk}@127.0.0.1"
    assert vevent["SEQUENCE"] == 3
    assert vevent["STATUS"] == "CANCELLED"
    assert str(vevent["SUMMARY"]) == "Netværksmøde"


def test_the_withdrawal_from_a_meeting_that_was_called_off_says_so(registration):
    registration.event.status = Event.Status.CANCELLED

    assert str(only(calendar.withdrawal(registration, now=NOW))["SUMMARY"]) == "Aflyst: Netværksmøde"


def test_a_name_cannot_break_out_of_its_line(registration):
    registration.name = 'Mallory"\r\nATTENDEE:mailto:victim@example.org'

    vevent = only(calendar.invitation(registration, now=NOW))

    assert str(vevent["ATTENDEE"]) == "mailto:aase+post@example.org"


# The feed


def test_the_feed_holds_what_is_announced_and_what_was_cancelled(db):
    public, cancelled = stored(title="a"), stored(title="b", cancelled=True)
    for trait in ("draft", "unlisted", "by_invitation"):
        stored(**{trait: True})
    stored(starts_at=NOW - timedelta(days=500))

    parsed = read(calendar.feed(Narrowing(), now=NOW, language="da"))

    assert {entry["UID"]: entry["STATUS"] for entry in parsed.walk("VEVENT")} == {
        f"{public.pk}@127.0.0.1": "CONFIRMED",
        f"{cancelled.pk}@127.0.0.1": "CANCELLED",
    }
    assert len(parsed.walk("VTIMEZONE")) == 1


def test_the_feed_says_what_it_is_and_when_to_look_again(db):
    danish = read(calendar.feed(Narrowing(), now=NOW, language="da"))
    english = read(calendar.feed(Narrowing(), now=NOW, language="en"))

    assert str(danish["X-WR-CALNAME"]) == "Møder – Center for Forebyggelse"
    assert str(english["NAME"]) == "Meetings – Center for Forebyggelse"
    assert danish["X-PUBLISHED-TTL"] == danish["REFRESH-INTERVAL"].to_ical().decode() == "PT6H"


def test_the_feed_is_one_query_however_long(db, django_assert_num_queries):
    for _ in range(5):
        stored()

    with django_assert_num_queries(1):
        calendar.feed(Narrowing(), now=NOW, language="da")


def stored(**traits) -> Event:
    event = EventFactory(**traits)
    calendar.write_down(event, now=NOW)
    event.save()
    return event
