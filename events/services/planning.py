"""An officer plans, publishes, changes and cancels an event. Calendars and mails follow from the same transaction."""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from events.models import Event, Invitation, Registration, WrongMove, whole_days_of
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail import gate
from outreach.queue.enqueue import enqueue

from . import calendar, capacity, coming, readiness, reminders
from .capacity import SeatPlan

# What stands in calendars: whoever comes must hear of a change to it.
MATTERS = ("public_title", "starts_at", "ends_at", "venue_name", "venue_address", "attendance", "whole_days")
OF_THE_VENUE = ("venue_name", "venue_address", "accessibility")
DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


class IsOver(Exception):
    """What has been held cannot be called off."""


@transaction.atomic
def plan(facts: Mapping[str, Any], *, seats: SeatPlan, officer: User, now: datetime, key: UUID | None = None) -> Event:
    """A new draft with its seats; ``facts`` are fields of Event, the officer owns it unless they name another.

    Raises IntegrityError when there is an event with this ``key`` already, TooFewSeats when too many are held.
    """
    event = Event(**{"owner": officer, "pk": key or uuid4(), **in_keeping(facts, facts.get("attendance", ""))})
    event.slug = free_slug(event)
    event.save(force_insert=True)
    capacity.begin(event, seats)
    record("create", event, actor=officer)
    return event


@transaction.atomic
def publish(event: Event, *, officer: User, now: datetime) -> Event:
    """Open a draft for visitors. Raises WrongMove for anything else, NotReady when something is wrong with it."""
    event = claim(event)
    if event.status != Event.Status.DRAFT:
        raise WrongMove(f"{event.status} → published")
    if any(readiness.wrong(event, now=now)):
        raise readiness.NotReady(event.pk)
    event.status = Event.Status.PUBLISHED
    return keep(event, officer=officer, now=now, reason="published")


@transaction.atomic
def change(event: Event, facts: Mapping[str, Any], *, officer: User, now: datetime) -> Event:
    """Change the facts. Those with a seat, an offer or a place in the queue hear of it if their calendar is wrong now.

    Nobody is told of what is mended when the event is over. Raises WrongMove for a cancelled event.
    """
    event = claim(event)
    if event.status == Event.Status.CANCELLED:
        raise WrongMove("A cancelled event cannot be changed.")
    facts = in_keeping(facts, facts.get("attendance", event.attendance))
    tell, is_newer = tells(event, facts, now=now), matters(event, facts)
    modes, starts_at = event.modes, event.starts_at
    for field, value in facts.items():
        setattr(event, field, value)
    if len(event.modes) == 1 and event.modes != modes:
        capacity.gather(event)
    if event.starts_at != starts_at:
        coming.replan(event, now=now)
        reminders.replan(event, now=now)
    if is_newer and event.status == Event.Status.PUBLISHED:
        event.sequence += 1
    if tell:
        enqueue("events.event_changed", event.pk, event.sequence, now.isoformat())
    return keep(event, officer=officer, now=now, reason="changed")


@transaction.atomic
def cancel_event(event: Event, *, officer: User, now: datetime) -> Event:
    """Call a published event off; everybody who would have come is told once. Raises WrongMove, IsOver."""
    event = claim(event)
    if event.status != Event.Status.PUBLISHED:
        raise WrongMove(f"{event.status} → cancelled")
    if event.ends_at <= now:
        raise IsOver(event.pk)
    event.status = Event.Status.CANCELLED
    event.sequence += 1
    enqueue("events.event_cancelled", event.pk)
    return keep(event, officer=officer, now=now, reason="cancelled")


def to_come_of(colleague: User, now: datetime) -> int:
    """How many events a colleague owns that are not over."""
    return Event.objects.owned_by(colleague).coming(now).count()


@transaction.atomic
def hand_over(giver: User, receiver: User, *, now: datetime, reason: str) -> int:
    """Make ``receiver`` the owner of every event of ``giver`` that is not over, cancelled ones too; how many."""
    theirs = list(Event.objects.owned_by(giver).coming(now).order_by("pk"))
    for event in theirs:
        event = claim(event)
        event.owner = receiver
        keep(event, officer=None, now=now, reason=reason)
    return len(theirs)


def matters(event: Event, facts: Mapping[str, Any]) -> bool:
    """Whether these facts differ from the event's where a calendar shows it."""
    return any(field in facts and facts[field] != getattr(event, field) for field in MATTERS)


def tells(event: Event, facts: Mapping[str, Any], *, now: datetime) -> bool:
    """Whether these facts are mailed to those who come: what a calendar shows differs, and it is not over yet."""
    ahead = facts.get("ends_at", event.ends_at) > now
    return event.status == Event.Status.PUBLISHED and ahead and matters(event, facts)


def in_keeping(facts: Mapping[str, Any], attendance: str) -> Mapping[str, Any]:
    """The facts without a venue where one takes part online only: nobody is to go to an empty hall.

    What lasts whole days does so from the first minute to the last, whatever hours were written.
    """
    kept = {**facts, **dict.fromkeys(OF_THE_VENUE, "")} if attendance == Event.Attendance.ONLINE else dict(facts)
    if kept.get("whole_days") and kept.get("starts_at") and kept.get("ends_at"):
        kept["starts_at"], kept["ends_at"] = whole_days_of(kept["starts_at"], kept["ends_at"])
    return kept


def mails_to_send(event: Event) -> int:
    """How many mails a change that matters, or calling it off, will send; the button says so before."""
    return sum(mails_by_language(event, "changed").values())


def mails_by_language(event: Event, what: str) -> dict[str, int]:
    """The same by language: to those who come or wait, and to the invited who have not answered."""
    return dict(coming_by_language(event, what) + invited_by_language(event, what))


def coming_by_language(event: Event, what: str) -> Counter[str]:
    return _by_language(gate.getting(f"events.event_{what}", event.registrations.live()))


def invited_by_language(event: Event, what: str) -> Counter[str]:
    return _by_language(gate.getting(f"events.invitation_{what}", event.invitations.unanswered()))


def _by_language(rows: Iterable[Registration | Invitation]) -> Counter[str]:
    return Counter(row.language for row in rows)


def free_slug(event: Event) -> str:
    """An address in plain letters that nobody has: the neutral title and the day, for links stand in mails.

    What is not announced gets one that nobody can guess, and takes none that an announced event would have.
    """
    day = timezone.localdate(event.starts_at).isoformat()
    name = slugify(event.public_title.translate(DANISH_LETTERS))[:100] or event.kind.replace("_", "-")
    base = f"{name}-{day}"
    if event.visibility != Event.Visibility.PUBLIC:
        return f"{base}-{secrets.token_hex(4)}"
    taken = set(Event.objects.filter(Q(slug=base) | Q(slug__startswith=f"{base}-")).values_list("slug", flat=True))
    return next(slug for slug in [base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))] if slug not in taken)


def claim(event: Event) -> Event:
    """The event as it is now, its row locked: nobody can confirm meanwhile."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def keep(event: Event, *, officer: User | None, now: datetime, reason: str) -> Event:
    """Save with the calendar entry that belongs to the facts; an ``officer`` of None is the system."""
    calendar.write_down(event, now=now)
    event.save()
    record("change", event, actor=officer, reason=reason)
    return event
