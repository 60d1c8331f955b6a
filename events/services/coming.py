"""Confirm or release: each participant is asked once whether they still come; the seat of who is silent goes on."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from events.models import Event, HeldSeats, Registration
from outreach.mail.models import OutboxMessage, OutboxQuerySet
from outreach.queue.enqueue import enqueue

from . import seats
from .registering import follow_up
from .seats import Status

ANSWER_WITHIN = Registration.ANSWER_WITHIN
ASKING = ("events.still_coming", "events.event_changed")  # the mails that ask
AT_ONCE = 500  # rows that are locked while their mails are written


def ask_where_it_is_time(now: datetime) -> int:
    """Start asking for every event whose time has come and where somebody is still unasked; how many events."""
    due = [event for event in Event.objects.asking(now) if event.asks_at <= now]
    asked = [event for event in due if Registration.objects.unasked(event).exists()]
    for event in asked:
        enqueue("events.ask_who_comes", event.pk)
    return len(asked)


def note_asked(event: Event, *, now: datetime) -> list[Registration]:
    """Some of those who are to be asked now, for the caller to ask in this transaction; nobody is asked twice."""
    unasked = Registration.objects.unasked(event).select_for_update(of=("self",))
    rows = list(unasked.prefetch_related("event")[:AT_ONCE])
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=now)
    for row in rows:
        row.asked_at = now
    return rows


def release_silent(now: datetime) -> int:
    """Free the seats of those who were asked and did not answer in time; returns how many."""
    due = [event for event in Event.objects.asking(now) if event.releases_at <= now]
    silent = [row for event in due for row in Registration.objects.silent(event, asked_by=now - ANSWER_WITHIN)]
    return sum(release(row.pk, now=now) for row in who_heard(silent, by=now - ANSWER_WITHIN))


@transaction.atomic
def release(registration_id: UUID, *, now: datetime) -> bool:
    """Whether this one was still silent; the seat is free then, and offered at once."""
    registration = seats.claim(registration_id)
    event = registration.event
    if not event.still_takes_place(now) or event.releases_at is None or event.releases_at > now:
        return False
    silent = Registration.objects.silent(event, asked_by=now - ANSWER_WITHIN).filter(pk=registration_id)
    if not who_heard(silent, by=now - ANSWER_WITHIN):
        return False
    seats.give_up(registration)
    registration.move_to(Status.RELEASED)
    registration.cancelled_at = now
    registration.save(update_fields=seats.GIVEN_UP)
    follow_up(seats.outcome(registration, changed=True))
    return True


def who_heard(asked: Iterable[Registration], *, by: datetime) -> list[Registration]:
    """Those of the asked whose question has gone out by then: nobody loses a seat to a mail that was held back."""
    rows = {str(row.pk): row for row in asked}
    if not rows:
        return []
    sent = OutboxMessage.objects.filter(kind__in=ASKING, state=OutboxMessage.State.SENT, sent_at__lte=by)
    last = dict(_about(sent, rows).order_by("sent_at").values_list("about_pk", "sent_at"))
    return [row for key, row in rows.items() if key in last and last[key] >= row.asked_at]


def who_did_not_hear(asked: Iterable[Registration]) -> list[Registration]:
    """Those of the asked whose question was held back for good, so that somebody phones."""
    rows = {str(row.pk): row for row in asked}
    if not rows:
        return []
    mails = _about(OutboxMessage.objects.filter(kind__in=ASKING), rows)
    last = dict(mails.order_by("created_at").values_list("about_pk", "state"))
    return [row for key, row in rows.items() if last.get(key) in OutboxMessage.NOT_GONE]


def _about(mails: OutboxQuerySet, rows: Iterable[str]) -> OutboxQuerySet:
    return mails.filter(about_label=Registration._meta.label, about_pk__in=list(rows))


def replan(event: Event, *, now: datetime) -> None:
    """After a move, no deadline lies behind the start, and everybody's yes was to another day.

    The mail that tells of the move asks whether they still come: they are asked again only if it is not time yet.
    """
    confirmed = Registration.objects.confirmed().of(event)
    confirmed.update(asked_at=None, comes_at=None)
    if event.asks_at and event.asks_at <= now:
        confirmed.reached().update(asked_at=now)
    for offers in (Registration.objects.offered(), Registration.objects.open_swaps()):
        offers.of(event).filter(offer_expires_at__gt=event.starts_at).update(offer_expires_at=event.starts_at)
    HeldSeats.objects.held().filter(event=event, release_at__gt=event.starts_at).update(release_at=event.starts_at)
