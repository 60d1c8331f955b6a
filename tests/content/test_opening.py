"""Whether somebody answers now: wall-clock hours in Denmark at many moments."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from content.models.opening import WORD_JOINER, Hours, hours_in_words, state_at

DENMARK = ZoneInfo("Europe/Copenhagen")
HOTLINE = [Hours(day, time(8), time(22)) for day in range(7)]
OFFICE = [Hours(day, time(9), time(15, 30)) for day in range(5)]
NIGHTS = [Hours(day, time(20), time(4)) for day in range(7)]
ALWAYS = [Hours(day, time(0), time(0)) for day in range(7)]


def at(text, fold=0):
    """A moment by the clock on the wall in Denmark."""
    return datetime.fromisoformat(text).replace(tzinfo=DENMARK, fold=fold)


@pytest.mark.parametrize(
    ("moment", "is_open", "changes"),
    [
        ("2026-11-23 07:59:59", False, "2026-11-23 08:00"),
        ("2026-11-23 08:00:00", True, "2026-11-23 22:00"),
        ("2026-11-23 21:59:59", True, "2026-11-23 22:00"),
        ("2026-11-23 22:00:00", False, "2026-11-24 08:00"),
        ("2026-11-23 23:59:59", False, "2026-11-24 08:00"),
        ("2026-11-24 00:00:00", False, "2026-11-24 08:00"),
        ("2026-12-31 23:30:00", False, "2027-01-01 08:00"),
        # the nights the clock jumps: on 2026-03-29 and 2027-03-28 forward, on 2026-10-25 and 2027-10-31 back
        ("2026-03-28 23:00:00", False, "2026-03-29 08:00"),
        ("2026-03-29 01:59:00", False, "2026-03-29 08:00"),
        ("2026-03-29 03:01:00", False, "2026-03-29 08:00"),
        ("2026-03-29 08:00:00", True, "2026-03-29 22:00"),
        ("2026-10-25 00:30:00", False, "2026-10-25 08:00"),
        ("2026-10-25 07:59:59", False, "2026-10-25 08:00"),
        ("2026-10-25 08:00:00", True, "2026-10-25 22:00"),
        ("2027-03-28 21:59:59", True, "2027-03-28 22:00"),
        ("2027-10-31 22:00:00", False, "2027-11-01 08:00"),
    ],
)
def test_the_hotline_opens_and_closes_by_the_clock_on_the_wall(moment, is_open, changes):
    state = state_at(HOTLINE, at(moment))

    assert (state.open, state.changes_at) == (is_open, at(changes))


def test_a_night_the_clock_jumps_is_an_hour_shorter_or_longer():
    spring = state_at(HOTLINE, at("2026-03-28 22:00"))
    autumn = state_at(HOTLINE, at("2026-10-24 22:00"))

    assert spring.opens - at("2026-03-28 22:00").astimezone(UTC) == timedelta(hours=9)
    assert autumn.opens - at("2026-10-24 22:00").astimezone(UTC) == timedelta(hours=11)


@pytest.mark.parametrize(
    ("moment", "fold", "is_open"),
    [
        ("2026-11-23 19:59", 0, False),
        ("2026-11-23 23:59", 0, True),
        ("2026-11-24 00:00", 0, True),
        ("2026-11-24 03:59", 0, True),
        ("2026-11-24 04:00", 0, False),
        ("2026-03-29 03:30", 0, True),
        ("2026-10-25 02:30", 0, True),
        ("2026-10-25 02:30", 1, True),
        ("2026-10-25 04:00", 0, False),
    ],
)
def test_hours_that_pass_midnight_belong_to_the_day_they_began(moment, fold, is_open):
    assert state_at(NIGHTS, at(moment, fold)).open is is_open


@pytest.mark.parametrize(
    ("closes", "moment"),
    [
        # 02.00-03.00 is left out on 2027-03-28: whoever closes within it keeps the length of the shift
        (time(2, 0), "2027-03-28 03:00"),
        (time(2, 30), "2027-03-28 03:30"),
        (time(3, 0), "2027-03-28 03:00"),
        (time(4, 0), "2027-03-28 04:00"),
    ],
)
def test_hours_that_end_in_the_hour_that_is_left_out_do_not_end_before_it(closes, moment):
    evening = [Hours(5, time(22), closes)]

    assert state_at(evening, at("2027-03-28 01:45")).until == at(moment)


def test_on_friday_evening_an_office_says_which_day_it_opens():
    state = state_at(OFFICE, at("2026-11-27 16:00"))

    assert state.opens == at("2026-11-30 09:00")
    with translation.override("da"):
        assert state.opens_on == "mandag"


def test_the_weekday_is_left_out_when_it_opens_within_a_day():
    assert state_at(OFFICE, at("2026-11-26 16:00")).opens_on == ""


def test_periods_that_touch_are_one():
    hours = [Hours(0, time(8), time(12)), Hours(0, time(12), time(16))]

    assert state_at(hours, at("2026-11-23 09:00")).until == at("2026-11-23 16:00")


def test_day_and_night_never_closes():
    state = state_at(ALWAYS, at("2026-10-25 02:30", fold=1))

    assert (state.open, state.changes_at) == (True, None)


def test_a_single_hour_of_rest_in_the_week_is_found():
    hours = [Hours(day, time(0), time(0)) for day in range(1, 7)] + [Hours(0, time(1), time(0))]

    state = state_at(hours, at("2026-11-24 00:00"))

    assert state.until == at("2026-11-30 00:00")


def test_without_hours_it_is_closed_and_nobody_knows_until_when():
    state = state_at([], at("2026-11-23 12:00"))

    assert (state.open, state.changes_at) == (False, None)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)))
def test_whatever_the_moment_the_hotline_agrees_with_the_wall(moment):
    state = state_at(HOTLINE, moment)

    assert state.open is (8 <= moment.astimezone(DENMARK).hour < 22)
    assert state.changes_at.astimezone(DENMARK).hour in (8, 22)
    assert timedelta(0) < state.changes_at - moment <= timedelta(hours=14)


@pytest.mark.parametrize(
    ("hours", "language", "lines"),
    [
        (HOTLINE, "da", ["Alle dage kl. 08.00–22.00"]),
        (HOTLINE, "en", ["Every day 08:00–22:00"]),
        (OFFICE, "da", ["Mandag til fredag kl. 09.00–15.30"]),
        (OFFICE[:1] + OFFICE[2:], "en", ["Monday 09:00–15:30", "Wednesday to Friday 09:00–15:30"]),
        ([], "da", []),
    ],
)
def test_hours_are_said_as_people_say_them(hours, language, lines):
    with translation.override(language):
        assert [line.replace(WORD_JOINER, "") for line in hours_in_words(hours)] == lines
