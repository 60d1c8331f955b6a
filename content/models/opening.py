"""When somebody answers: pure arithmetic on wall-clock hours in Denmark, with no database and no clock of its own.

Hours are agreed on the wall clock, moments are compared in UTC: that is what keeps the nights of the
daylight-saving changes right.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from outreach.design.templatetags.design_tags import clock, longdate

DENMARK = ZoneInfo("Europe/Copenhagen")
WEEK = timedelta(days=7)
YEAR = timedelta(days=366)  # as far as we look for the next opening
WORD_JOINER = "\N{WORD JOINER}"  # a span of hours is not broken over two lines


class Hours(NamedTuple):
    """Open from ``opens`` to ``closes`` on ``weekday`` (Monday is 0); a closing time before it is on the day after."""

    weekday: int
    opens: time
    closes: time


class ChannelState(NamedTuple):
    """Whether somebody answers at the moment ``at``, and when that changes (UTC; None: it does not change)."""

    open: bool
    changes_at: datetime | None
    at: datetime

    @property
    def until(self) -> datetime | None:
        return self.changes_at if self.open else None

    @property
    def opens(self) -> datetime | None:
        return None if self.open else self.changes_at

    @property
    def opens_on(self) -> str:
        """The weekday it opens, or the date in a later week, where the hour alone would mislead."""
        if self.opens is None or self.opens - self.at < timedelta(days=1):
            return ""
        day = self.opens.astimezone(DENMARK).date()
        days_away = day - self.at.astimezone(DENMARK).date()
        return str(WEEKDAYS[day.weekday()]) if days_away < WEEK else longdate(day)


def never(day: date) -> bool:
    """No day is closed."""
    return False


def state_at(hours: Iterable[Hours], at: datetime, is_closed: Callable[[date], bool] = never) -> ChannelState:
    """The state at the moment ``at``; periods that touch count as one.

    Nobody begins to answer on a day that ``is_closed``; a night that began the day before is answered to its end.
    """
    moment = at.astimezone(UTC)
    first_day = at.astimezone(DENMARK).date() - timedelta(days=1)
    until = None
    for opens, closes in _periods(list(hours), first_day, is_closed):
        if until is not None:
            if opens > until or until > moment + WEEK:
                break
            until = max(until, closes)
        elif moment < opens:
            return ChannelState(open=False, changes_at=opens, at=moment)
        elif moment < closes:
            until = closes
    if until is not None and until > moment + WEEK:
        return ChannelState(open=True, changes_at=None, at=moment)
    return ChannelState(open=until is not None, changes_at=until, at=moment)


def _periods(
    hours: list[Hours], first_day: date, is_closed: Callable[[date], bool]
) -> Iterator[tuple[datetime, datetime]]:
    """The open periods of the year from ``first_day`` on, in UTC, in order; read as far as somebody asks."""
    for offset in range(YEAR.days):
        day = first_day + timedelta(days=offset)
        rules = [rule for rule in hours if rule.weekday == day.weekday()]
        if rules and not is_closed(day):
            yield from sorted(
                (_moments(day, rule.opens)[0], max(_moments(_last_day(day, rule), rule.closes))) for rule in rules
            )


def _last_day(day: date, rule: Hours) -> date:
    return day if rule.closes > rule.opens else day + timedelta(days=1)


def _moments(day: date, clock: time) -> list[datetime]:
    """What a wall-clock time in Denmark may mean, in UTC.

    An hour that comes twice opens at the first and closes at the second; a night that leaves one out is no shorter.
    """
    return [datetime.combine(day, clock.replace(fold=fold), tzinfo=DENMARK).astimezone(UTC) for fold in (0, 1)]


def hours_in_words(hours: Iterable[Hours]) -> list[str]:
    """One line for each run of days with the same hours: "Every day 08.00–22.00"."""
    by_day: dict[int, list[str]] = {}
    for rule in sorted(hours):
        by_day.setdefault(rule.weekday, []).append(_clocks(rule))
    runs = []
    for text, days in groupby(sorted(by_day), key=lambda day: ", ".join(by_day[day])):
        runs.extend((run, text) for run in _runs(list(days)))
    return [capfirst(_("%(days)s %(clocks)s") % {"days": _days(run), "clocks": text}) for run, text in runs]


def _runs(days: list[int]) -> list[list[int]]:
    """Consecutive numbers together: [0, 1, 3] becomes [[0, 1], [3]]."""
    return [[day for _index, day in run] for _key, run in groupby(enumerate(days), key=lambda pair: pair[1] - pair[0])]


def _days(run: list[int]) -> str:
    if len(run) == len(WEEKDAYS):
        return _("every day")
    first, last = WEEKDAYS[run[0]], WEEKDAYS[run[-1]]
    return str(first) if len(run) == 1 else _("%(first)s to %(last)s") % {"first": first, "last": last}


def _clocks(rule: Hours) -> str:
    return f"{clock(rule.opens)}{WORD_JOINER}–{WORD_JOINER}{clock(rule.closes)}"
