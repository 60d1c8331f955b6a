"""Icons, badges, dates, times and numbers as the look wants them."""

import datetime as dt
import re
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from outreach import links
from outreach.design.icons import NAMES

register = template.Library()

register.simple_tag(links.public_url, name="public_url")
register.simple_tag(links.public_href, name="public_href")
register.simple_tag(links.internal_url, name="internal_url")

BADGES = frozenset({"", "due", "info", "ok", "overdue", "restricted", "waiting"})
TICK = 86.0  # Where the agreed rhythm stands on the gauge while it is kept, in percent
NEARLY = 0.8  # From here on the time to talk again is near


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """A picture beside a word. It is hidden from screen readers: the word says it."""
    return _picture(name, css, static("img/icons.svg"))


@lru_cache(maxsize=500)  # a page may show a hundred
def _picture(name: str, css: str, file: str) -> SafeString:
    if name not in NAMES:
        raise template.TemplateSyntaxError(f"No icon named {name!r}: outreach/design/icons.py lists them.")
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"i {css}".strip(),
        file,
        name,
    )


@register.simple_tag
def badge(kind: str, text: str) -> SafeString:
    """A state as a word on its colour: due, info, ok, overdue, restricted, waiting, or "" for neutral."""
    if kind not in BADGES:
        raise template.TemplateSyntaxError(f"No badge {kind!r}: one of {sorted(BADGES)}.")
    picture = icon("lock") if kind == "restricted" else ""
    return format_html('<span class="{}">{}{}</span>', f"bdg {kind}".strip(), picture, text)


def _here(value: dt.date | dt.datetime | dt.time) -> dt.date | dt.datetime | dt.time:
    """The value as the clock on the wall in Copenhagen shows it."""
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def written(value: dt.date | dt.datetime | None, danish: str, english: str) -> str:
    """The day by the pattern of the reader's language; nothing where there is no day."""
    if not value:
        return ""
    here, language = _here(value), get_language()
    day = here.date() if isinstance(here, dt.datetime) else here
    return _day_written(day, danish if language == "da" else english, language)


@lru_cache(maxsize=2000)  # a long page tells a hundred days, many of them twice
def _day_written(day: dt.date, pattern: str, language: str | None) -> str:
    """In the active language, which is part of what is kept."""
    return date_format(day, pattern)


@register.filter
def longdate(value: dt.date | dt.datetime | None) -> str:
    """2. december 2026 / 2 December 2026"""
    return written(value, "j. F Y", "j F Y")


@register.filter
def daydate(value: dt.date | dt.datetime | None) -> str:
    """onsdag den 2. december 2026 / Wednesday 2 December 2026; ``capfirst`` where it begins a sentence."""
    return written(value, r"l \d\e\n j. F Y", "l j F Y")


@register.filter
def shortdate(value: dt.date | dt.datetime | None) -> str:
    """2. dec. / 2 Dec"""
    return written(value, "j. N", "j M")


@register.filter
def monthname(value: dt.date | dt.datetime | None) -> str:
    """dec. / Dec, for the date block"""
    return written(value, "N", "M")


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """16.30 / 16:30"""
    if value is None or value == "":
        return ""
    return _here(value).strftime("%H.%M" if get_language() == "da" else "%H:%M")


@register.filter
def hour(value: dt.datetime | dt.time | None) -> str:
    """08 on the hour and 08.30 within it / 08:00: as short as opening hours are said."""
    if value is None or value == "":
        return ""
    local = _here(value)
    return local.strftime("%H") if get_language() == "da" and not local.minute else clock(value)


@register.simple_tag
def timespan(start: dt.datetime | dt.time, end: dt.datetime | dt.time | None) -> str:
    """16.30–19.00 / 16:30–19:00"""
    return f"{clock(start)}–{clock(end)}" if end else clock(start)


def _digits(number: str) -> tuple[str, str]:
    """What a phone dials and what a person reads: eight digits are Danish, in pairs; 112 and 114 stand alone."""
    digits = re.sub(r"[^\d+]", "", number)
    national = digits.removeprefix("+45").removeprefix("0045")
    if len(national) == 8:
        return f"+45{national}", "\N{NO-BREAK SPACE}".join(re.findall("..", national))
    return digits, number.strip() if number.startswith("+") else digits


@register.filter
def dial(number: str) -> str:
    """The address that calls a number: tel:+4541749090"""
    return f"tel:{_digits(number)[0]}"


@register.filter
def phone(number: str) -> str:
    """A number as it is read, never broken over two lines: 41 74 90 90; from left to right in every script."""
    text = _digits(number)[1]
    return f"\N{LEFT-TO-RIGHT ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}" if get_language_bidi() else text


@register.simple_tag
def call_number(number: str, css: str = "", before: str = "") -> SafeString:
    """A number one can press, with a word such as "call" before it if wanted."""
    text = f"{before}\N{NO-BREAK SPACE}{phone(number)}" if before else phone(number)
    return format_html('<a class="{}" href="{}">{}</a>', f"num {css}".strip(), dial(number), text)


@register.simple_tag
def gauge(elapsed: float | None, agreed: float) -> SafeString:
    """Time since the last dialogue against the agreed rhythm (both in days; elapsed None: never talked).

    The picture is hidden from screen readers: the words stand beside it.
    """
    share = (elapsed or 0) / agreed
    tick = min(TICK, 100 / share) if share > 1 else TICK
    beyond = format_html('<rect class="over" x="{}%" y="3" width="{}%" height="6"></rect>', *_tenths(tick, 100 - tick))
    return format_html(
        '<svg class="gauge" aria-hidden="true" focusable="false">'
        '<rect class="track" y="3" width="100%" height="6" rx="3"></rect>'
        '<rect class="{}" y="3" width="{}%" height="6" rx="3"></rect>{}'
        '<rect class="agreed" x="{}%" width="2" height="12"></rect></svg>',
        "fill" if share >= NEARLY else "fill early",
        *_tenths(min(share, 1) * tick),
        beyond if share > 1 else "",
        *_tenths(tick),
    )


def _tenths(*percents: float) -> list[str]:
    return [f"{percent:.1f}" for percent in percents]
