"""When, where and how full an event is, in the few words a row or a box has room for."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django import template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Event, Mode
from events.seat_words import seat_words
from outreach.design.templatetags.design_tags import badge, clock, daydate, timespan
from outreach.links import public_url

register = template.Library()

PROGRAMME_LINE = re.compile(r"(\d{1,2}[.:]\d{2}(?: ?[-–] ?\d{1,2}[.:]\d{2})?)[ :,–-]+(\S.*)")


def _moment(day: str, time: str) -> str:
    """The day at the time; the word between them never stands alone at the end of a line."""
    at = (_("at %(time)s") % {"time": time}).replace(" ", "\N{NO-BREAK SPACE}")
    return f"{day} {at}"


@register.simple_tag
def event_when(event: Event) -> str:
    """Onsdag den 2. december 2026 kl. 16.30–19.00; both days where it lasts more than one, no hours of whole days."""
    starts, ends = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    if starts.date() == ends.date():
        day = daydate(starts)
        return capfirst(day if event.whole_days else _moment(day, timespan(starts, ends)))
    first, last = daydate(starts), daydate(ends)
    if not event.whole_days:
        first, last = _moment(first, clock(starts)), _moment(last, clock(ends))
    return capfirst(_("%(first)s to %(last)s") % {"first": first, "last": last})


@register.simple_tag
def event_hours(event: Event) -> str:
    """16.30–19.00, beside a day that is told already."""
    return _("All day") if event.whole_days else timespan(event.starts_at, event.ends_at)


class ProgrammeLine(NamedTuple):
    time: str
    what: str


@register.simple_tag
def programme(text: str) -> list[ProgrammeLine]:
    """The lines of a text that is a programme, "16.30 Coffee"; none when a line begins with anything but a time."""
    lines = [PROGRAMME_LINE.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    return [ProgrammeLine(line[1], line[2]) for line in lines if line] if all(lines) else []


@register.simple_tag
def event_where(event: Event) -> str:
    """Aarhus and online; a municipality says more than a hall's name in a list, but not where nobody goes."""
    if event.attendance == Event.Attendance.ONLINE:
        return _("Online")
    place = event.municipality.name if event.municipality else event.venue_name
    if place and event.online:
        return _("%(place)s and online") % {"place": place}
    return place or (_("Online") if event.online else "")


@register.simple_tag
def seat_badge(event: Event, now: datetime, without_seats: bool = False) -> SafeString | str:
    """One badge: cancelled, over, closed, full or how many seats are left; without seats on a page that is kept."""
    if event.status == Event.Status.CANCELLED:
        return badge("", _("Cancelled"))
    if event.ends_at <= now:
        return badge("", _("Has been held"))
    if event.refusal(now):
        return badge("", _("Registration has closed"))
    return "" if without_seats else badge(*seat_words(event.seats.left, event.seats.waiting))


@register.simple_tag
def seats_told(event: Event) -> SafeString:
    """How many seats there are, and in coloured words how many are left: a line for each way to take part."""
    return format_html_join("", '<span class="seat"><span>{}</span><b class="{}">{}</b></span>', _seat_lines(event))


def _seat_lines(event: Event) -> Iterator[tuple[str, str, str]]:
    seats = event.seats
    if len(event.modes) == 1:
        all_of_them = ngettext("%(seats)s seat", "%(seats)s seats", seats.capacity) % {"seats": seats.capacity}
        yield all_of_them, *seat_words(seats.left, seats.waiting)
        return
    for mode in map(Mode, event.modes):
        limit = seats.capacity if seats.limit(mode) is None else seats.limit(mode)
        yield f"{mode.label} ({limit})", *seat_words(seats.left_for(mode), seats.waiting_in(mode))


@register.simple_tag
def webcal_url(query: str = "") -> str:
    """The address a calendar program subscribes to, for what a ``query`` narrows it to."""
    address = "webcal://" + public_url("events:feed").split("://", 1)[1]
    return f"{address}?{query}" if query else address
