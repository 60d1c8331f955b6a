"""What is missing or odd before an event is published, in sentences that say where to mend it.

That it ends before it starts, or that registration closes after the start, needs no sentence: neither can be saved.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.models.holidays import is_public_holiday
from events.models import AgendaItem, Event, ForWhom
from outreach.accounts.models import User
from outreach.design.templatetags.design_tags import daydate
from outreach.places.folding import fold

FOR_PROFESSIONALS = (Event.Kind.SEMINAR, Event.Kind.COURSE, Event.Kind.CONFERENCE)
SHOWN_CLASHES = 3
SATURDAY = 5

# What a neutral title and a title may share: words that say what it is and when, not about what.
NEUTRAL = frozenset(
    fold(
        "møde mødet netværk netværksmøde seminar kursus kursusdag temadag temaaften aften aftenmøde borgermøde"
        " offentligt konference workshop oplæg samtale dialog dialogmøde rundbordssamtale invitation træf"
        " network meeting seminar course public conference workshop evening talk dialogue roundtable english danish"
        " mandag tirsdag onsdag torsdag fredag lørdag søndag januar februar marts april juni juli august september"
        " oktober november december monday tuesday wednesday thursday friday saturday sunday january february march"
        " june july october efter before after with"
    ).split()
)


class Finding(NamedTuple):
    """Something to mend; what is not ``wrong`` may be published all the same. ``field`` is where the form asks it."""

    code: str
    said: str
    field: str
    wrong: bool = False


class NotReady(Exception):
    """Something is wrong with a draft that was to be published."""


def findings(event: Event, user: User, *, now: datetime) -> list[Finding]:
    """What is wrong first, then what is odd, as far as ``user`` may know."""
    odd = [*_about_place(event), *_about_days(event, now=now), *_about_words(event), *_clashes(event, user)]
    return [*wrong(event, now=now), *odd]


def wrong(event: Event, *, now: datetime) -> Iterator[Finding]:
    """What no event is published with."""
    if event.starts_at <= now:
        yield Finding("past", _("The event starts in the past."), "starts_at", wrong=True)
    if not event.venue_name and event.attendance != Event.Attendance.ONLINE:
        yield Finding("venue", _("Write where, or choose that it is online."), "venue_name", wrong=True)
    if not event.seats.capacity:
        yield Finding("seats", _("The event has no seats."), "capacity", wrong=True)
    if any(pool.release_at > event.starts_at for pool in event.held_now):
        yield Finding("held", _("The seats are held until after the start."), "release_at", wrong=True)


def _about_place(event: Event) -> Iterator[Finding]:
    if event.attendance == Event.Attendance.ONLINE:
        return
    if event.venue_name and not event.venue_address:
        yield Finding("address", _("There is no address."), "venue_address")
    if not event.municipality_id:
        words = _("No municipality is chosen. Lists and the calendar are filtered by it.")
        yield Finding("municipality", words, "municipality")
    if not event.accessibility:
        words = _("It does not say how one gets in, for example without steps.")
        yield Finding("accessibility", words, "accessibility")


def _about_days(event: Event, *, now: datetime) -> Iterator[Finding]:
    for day in event.days:
        if is_public_holiday(day):
            words = _("%(day)s is a public holiday.") % {"day": capfirst(daydate(day))}
            yield Finding(f"holiday-{day}", words, "starts_at")
        elif day.weekday() >= SATURDAY and event.kind in FOR_PROFESSIONALS:
            words = _("%(day)s is in a weekend, and those it is for work on weekdays.")
            yield Finding(f"weekend-{day}", words % {"day": capfirst(daydate(day))}, "starts_at")
    if event.closes_at <= now < event.starts_at:
        yield Finding("closed", _("Registration has closed already."), "registration_closes_at")
    if any(not _during(event, item) for item in event.agenda.all()):
        yield Finding("programme", _("A line of the programme is outside the hours of the event."), "starts_at")


def _during(event: Event, item: AgendaItem) -> bool:
    """Whether a line of the programme begins while the event lasts."""
    begins = datetime.combine(item.date, item.at, timezone.get_current_timezone())
    return event.starts_at <= begins <= event.ends_at


def _about_words(event: Event) -> Iterator[Finding]:
    if not event.text_before:
        yield Finding("text", _("There is no text about the event."), "text_before")
    if not event.audiences:
        words = _("No audience is chosen. Lists and the calendar are filtered by it.")
        yield Finding("audiences", words, "audiences_0")
    if shared := topic_shared(event):
        words = _("The neutral title says “%(word)s”, as the title does. It stands in mails and calendars.")
        yield Finding("neutral", words % {"word": shared}, "public_title")


def topic_shared(event: Event) -> str:
    """The first word of the neutral title that stands in the title too and says more than kind, place and time."""
    place = f"{event.venue_name} {event.municipality.name if event.municipality else ''}"
    told = set(fold(event.title).split()) - NEUTRAL - set(fold(place).split())
    words = (word.strip(".,:;!?()“”\"'") for word in event.public_title.split())
    return next((word for word in words if len(word) > 3 and fold(word) in told), "")


def _clashes(event: Event, user: User) -> Iterator[Finding]:
    """Other events of the same days for the same people, of those the officer may know of."""
    others = [other for other in Event.objects.seen_by(user).on_the_days_of(event) if _same_people(event, other)]
    for other in others[:SHOWN_CLASHES]:
        words = _("“%(title)s” is on the same day, for the same people.") % {"title": other.known_as}
        yield Finding(f"clash-{other.pk}", words, "starts_at")


def _same_people(event: Event, other: Event) -> bool:
    """Whether they share an audience, as everyone does with all; where one names none, whether they are of a kind."""
    if ForWhom.EVERYONE in [*event.audiences, *other.audiences]:
        return True
    if event.audiences and other.audiences:
        return bool(set(event.audiences) & set(other.audiences))
    return event.kind == other.kind
