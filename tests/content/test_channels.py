"""Contact channels of every kind: when they are closed, what they are reached by, what it costs to know."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import translation

from content.models import ClosedDays, ContactChannel, OpeningHours
from content.models.holidays import is_public_holiday
from content.models.opening import Hours, state_at

DENMARK = ZoneInfo("Europe/Copenhagen")
OFFICE = [Hours(day, time(9), time(15)) for day in range(5)]
NIGHTS = [Hours(day, time(20), time(4)) for day in range(7)]


def at(text):
    """A moment by the clock on the wall in Denmark."""
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK)


def channel(key="office", *, hours=OFFICE, closed=(), **fields):
    made = ContactChannel.objects.create(key=key, checked_on=date(2026, 11, 22), **{"number": "114", **fields})
    OpeningHours.objects.bulk_create(OpeningHours(channel=made, **rule._asdict()) for rule in hours)
    ClosedDays.objects.bulk_create(
        ClosedDays(channel=made, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last))
        for first, last in closed
    )
    return made


# Closed days


def test_nobody_answers_on_a_closed_day_and_it_opens_the_day_after(db):
    office = channel(closed=[("2026-11-24", "2026-11-25")])

    state = office.state(at("2026-11-24 10:00"))

    assert (state.open, state.opens) == (False, at("2026-11-26 09:00"))
    assert office.state(at("2026-11-23 10:00")).until == at("2026-11-23 15:00")


def test_a_night_that_began_before_the_closed_day_is_answered_to_its_end():
    state = state_at(NIGHTS, at("2026-11-24 02:00"), lambda day: day == date(2026, 11, 24))
    evening = state_at(NIGHTS, at("2026-11-24 21:00"), lambda day: day == date(2026, 11, 24))

    assert state.until == at("2026-11-24 04:00")
    assert (evening.open, evening.opens) == (False, at("2026-11-25 20:00"))


@pytest.mark.parametrize(
    ("moment", "is_open", "changes"),
    [
        # the clock jumps forward in the night to 29 March 2026, back in the night to 25 October 2026
        ("2026-03-28 21:00", True, "2026-03-29 04:00"),
        ("2026-03-29 03:30", True, "2026-03-29 04:00"),
        ("2026-03-29 21:00", False, "2026-03-30 20:00"),
        ("2026-10-24 21:00", True, "2026-10-25 04:00"),
        ("2026-10-25 02:30", True, "2026-10-25 04:00"),
        ("2026-10-25 21:00", False, "2026-10-26 20:00"),
    ],
)
def test_a_closed_day_on_which_the_clock_jumps(moment, is_open, changes):
    closed = {date(2026, 3, 29), date(2026, 10, 25)}

    state = state_at(NIGHTS, at(moment), closed.__contains__)

    assert (state.open, state.changes_at) == (is_open, at(changes))


@pytest.mark.parametrize(
    ("reopens", "danish", "english"),
    [("2026-11-30 09:00", "mandag", "Monday"), ("2026-12-07 09:00", "7. december 2026", "7 December 2026")],
)
def test_a_later_week_is_said_by_its_date(reopens, danish, english):
    state = state_at(OFFICE, at("2026-11-24 10:00"), lambda day: day < at(reopens).date())

    assert state.opens == at(reopens)
    with translation.override("da"):
        assert state.opens_on == danish
    with translation.override("en"):
        assert state.opens_on == english


def test_what_never_opens_again_is_closed_without_a_promise(render_state):
    state = state_at(OFFICE, at("2026-11-24 10:00"), lambda day: True)

    assert (state.open, state.opens) == (False, None)
    assert render_state(state) == "Lukket"


@pytest.fixture
def render_state():
    def render(state):
        with translation.override("da"):
            html = render_to_string("design/_state.html", {"state": state})
        return BeautifulSoup(html, "html.parser").get_text(strip=True)

    return render


# Public holidays


@pytest.mark.parametrize(
    ("day", "is_holiday"),
    [
        ("2026-04-03", True),  # Good Friday
        ("2026-05-14", True),  # Ascension Day
        ("2026-12-25", True),
        ("2027-03-29", True),  # Easter Monday
        ("2026-12-24", False),
        ("2026-05-01", False),  # the Great Prayer Day went in 2024
        ("2023-05-05", True),
    ],
)
def test_holidays_are_those_of_danish_law_in_that_year(day, is_holiday):
    assert is_public_holiday(date.fromisoformat(day)) is is_holiday


def test_only_a_channel_that_follows_holidays_is_closed_on_them(db):
    follows = channel("office", closed_on_holidays=True)
    hotline = channel("hotline")

    assert follows.state(at("2026-12-25 10:00")).opens == at("2026-12-28 09:00")
    assert hotline.state(at("2026-12-25 10:00")).open


def test_readers_are_told_of_closed_days_while_they_matter(db):
    office = channel(closed=[("2026-07-06", "2026-07-17"), ("2026-12-23", "2026-12-24"), ("2027-07-05", "2027-07-16")])

    assert [days.first for days in office.closed_soon(at("2026-11-23 10:00"))] == [date(2026, 12, 23)]


# What it is reached by


@pytest.mark.parametrize(
    ("kind", "reached_by"),
    [
        ("phone", {"number": "114"}),
        ("web", {"url": "https://politi.dk"}),
        ("email", {"mailbox": "post@example.org"}),
        ("post", {"postal_address": "Vejen 1"}),
        ("visit", {"postal_address": "Vejen 1"}),
        ("text_relay", {"number": "114"}),
        ("sign_language", {"url": "https://politi.dk"}),
    ],
)
def test_each_kind_is_reached_by_what_it_needs(db, kind, reached_by):
    channel(kind=kind, **{"number": "", **reached_by})

    with pytest.raises(IntegrityError), transaction.atomic():
        channel("empty", kind=kind, number="")


def test_all_channels_with_hours_and_closed_days_are_one_query(db, django_assert_num_queries):
    closed = [("2026-11-24", "2026-11-25"), ("2026-12-23", "2026-12-24")]
    channel("a", closed=closed)
    channel("b", closed=closed, closed_on_holidays=True)
    channel("c", hours=())

    with django_assert_num_queries(1):
        channels = ContactChannel.objects.with_hours()
        states = [one.state(at("2026-11-24 10:00")) for one in channels]

    assert [len(one.hours) for one in channels] == [5, 5, 0]
    assert [len(one.closed) for one in channels] == [2, 2, 0]
    assert [state and state.opens for state in states] == [at("2026-11-26 09:00")] * 2 + [None]
