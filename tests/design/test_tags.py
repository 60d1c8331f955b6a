"""Dates, times, numbers, badges and gauges as the look writes them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.template import TemplateSyntaxError
from django.utils import translation

from outreach.design.templatetags import design_tags as tags

MEETING = dt.datetime(2026, 12, 2, 15, 30, tzinfo=dt.UTC)  # 16.30 in Copenhagen
SUMMER = dt.datetime(2026, 7, 1, 6, 0, tzinfo=dt.UTC)  # 08.00 in Copenhagen


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("da", ["2. december 2026", "onsdag den 2. december 2026", "2. dec.", "dec.", "16.30"]),
        ("en", ["2 December 2026", "Wednesday 2 December 2026", "2 Dec", "Dec", "16:30"]),
    ],
)
def test_days_and_times_are_written_as_the_language_does(language, written):
    with translation.override(language):
        formats = (tags.longdate, tags.daydate, tags.shortdate, tags.monthname, tags.clock)

        assert [form(MEETING) for form in formats] == written


def test_times_are_those_of_the_wall_in_copenhagen_summer_and_winter():
    with translation.override("da"):
        assert (tags.clock(MEETING), tags.clock(SUMMER)) == ("16.30", "08.00")
        late = dt.datetime(2026, 12, 2, 23, 30, tzinfo=dt.UTC)
        assert tags.longdate(late) == "3. december 2026"


@pytest.mark.parametrize(("language", "said"), [("da", ["08", "16.30"]), ("en", ["08:00", "16:30"])])
def test_opening_hours_are_as_short_as_they_are_said(language, said):
    with translation.override(language):
        assert [tags.hour(SUMMER), tags.hour(dt.time(16, 30))] == said


def test_a_span_of_time_has_one_dash_and_no_spaces():
    zone = ZoneInfo("Europe/Copenhagen")
    with translation.override("da"):
        assert tags.timespan(MEETING, dt.datetime(2026, 12, 2, 19, tzinfo=zone)) == "16.30–19.00"
        assert tags.timespan(MEETING, None) == "16.30"


def test_nothing_is_written_for_a_day_that_is_not_set():
    assert [form(None) for form in (tags.longdate, tags.daydate, tags.shortdate, tags.clock, tags.hour)] == [""] * 5


@pytest.mark.parametrize(
    ("number", "address", "read"),
    [
        ("112", "tel:112", "112"),
        ("41749090", "tel:+4541749090", "41 74 90 90"),
        ("+45 41 74 90 90", "tel:+4541749090", "41 74 90 90"),
        ("+46 8 123 45", "tel:+46812345", "+46 8 123 45"),
    ],
)
def test_a_number_is_dialled_whole_and_read_in_pairs(number, address, read):
    assert tags.dial(number) == address
    assert tags.phone(number).replace("\N{NO-BREAK SPACE}", " ") == read
    assert f'href="{address}"' in tags.call_number(number)


def test_a_restricted_badge_wears_a_lock_and_a_word():
    badge = tags.badge("restricted", "Begrænset <3>")

    assert "#lock" in badge
    assert "Begrænset &lt;3&gt;" in badge


def test_an_unknown_icon_or_badge_is_found_when_the_template_is_made():
    with pytest.raises(TemplateSyntaxError, match=r"icons\.py"):
        tags.icon("unicorn")
    with pytest.raises(TemplateSyntaxError):
        tags.badge("shiny", "Ny")


@pytest.mark.parametrize(
    ("elapsed", "agreed", "fill", "tick", "over"),
    [
        (None, 56, 0.0, 86.0, None),
        (28, 56, 43.0, 86.0, None),
        (56, 56, 86.0, 86.0, None),
        (112, 56, 50.0, 50.0, 50.0),
    ],
)
def test_the_gauge_is_red_only_beyond_the_agreed_rhythm(elapsed, agreed, fill, tick, over):
    drawn = tags.gauge(elapsed, agreed)

    assert f'width="{fill:.1f}%"' in drawn
    assert f'class="agreed" x="{tick:.1f}%"' in drawn
    assert ("over" in drawn) == (over is not None)
    assert "style=" not in drawn
