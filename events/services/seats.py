"""Seats and places in the queue: one person's row and the counter of the event, and nothing else.

Each function claims the row, answers unchanged when it is not in the expected state, moves the counter by a
conditional UPDATE and then sets the state. The functions of ``events/door/functions.sql`` do the same for the public
role; one suite of tests holds the two alike. Rows are locked in one order everywhere: registration, event, counter.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F

from events.models import Event, Refusal, Registration, SeatCounter

Status = Registration.Status

# What a registrant may change later, and how much of it is kept.
CHANGEABLE = {"organisation": 140, "role": 140, "needs": 500}


class Outcome(NamedTuple):
    """What a click came to: the state of the registration now, and why nothing changed if so."""

    registration_id: UUID
    event_id: UUID
    status: str
    reason: str = ""  # a Refusal, or "" when the answer is simply the state
    changed: bool = False
    place: int = 0  # in the queue, where the caller asked for it


def outcome(registration: Registration, *, reason: str = "", changed: bool = False) -> Outcome:
    return Outcome(registration.pk, registration.event_id, registration.status, reason, changed)


@transaction.atomic
def confirm(registration_id: UUID, *, now: datetime) -> Outcome:
    """Take a seat, or the last place in the queue when the event is full or others wait already."""
    registration = claim(registration_id)
    if registration.status != Status.PENDING:
        return outcome(registration)
    event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    reason = event.refusal(now)
    if not reason and Registration.objects.same_person(registration).exists():
        reason = Refusal.ALREADY_REGISTERED
    if reason:
        return outcome(registration, reason=reason)
    settle(registration, now=now)
    registration.save(update_fields=["status", "queue_number", "confirmed_at"])
    return outcome(registration, changed=True)


def settle(registration: Registration, *, now: datetime) -> None:
    """Move an unconfirmed registration to its seat or place in the queue, in memory; the event's row is locked."""
    if take_seat(registration.event_id):
        registration.move_to(Status.CONFIRMED)
    else:
        registration.queue_number = join_queue(registration.event_id)
        registration.move_to(Status.WAITING)
    registration.confirmed_at = now


@transaction.atomic
def cancel(registration_id: UUID, *, now: datetime) -> Outcome:
    """Give up the seat, the offer or the place in the queue. Once the event has started there is nothing to give."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or not registration.is_live:
        return outcome(registration, reason=reason)
    if registration.status == Status.WAITING:
        leave_queue(registration.event_id)
    else:
        free_seat(registration.event_id)
    registration.move_to(Status.CANCELLED)
    registration.cancelled_at = now
    registration.save(update_fields=["status", "cancelled_at"])
    return outcome(registration, changed=True)


@transaction.atomic
def answer(registration_id: UUID, data: Mapping[str, str], *, now: datetime) -> Outcome:
    """Change what the registrant told about themselves; other keys in ``data`` are passed over."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or not registration.is_live:
        return outcome(registration, reason=reason)
    for field, length in CHANGEABLE.items():
        if field in data:
            setattr(registration, field, data[field][:length])
    registration.save(update_fields=list(CHANGEABLE))
    return outcome(registration, changed=True)


@transaction.atomic
def answer_offer(registration_id: UUID, accept: bool, *, now: datetime) -> Outcome:
    """Keep the seat that is held, or give it back."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or registration.status != Status.OFFERED:
        return outcome(registration, reason=reason)
    if accept:
        registration.move_to(Status.CONFIRMED)
    else:
        free_seat(registration.event_id)
        registration.move_to(Status.DECLINED)
        registration.cancelled_at = now
    registration.save(update_fields=["status", "cancelled_at"])
    return outcome(registration, changed=True)


def claim(registration_id: UUID) -> Registration:
    """The registration, its row locked until the transaction ends."""
    return Registration.objects.select_for_update(of=("self",)).select_related("event").get(pk=registration_id)


def over(registration: Registration, now: datetime) -> str:
    """Why a registration that stands can no longer be changed; closed registration is no reason."""
    return "" if registration.event.still_takes_place(now) else registration.event.refusal(now)


def take_seat(event_id: UUID) -> bool:
    """Whether there was a seat that nobody waits for; it is taken now."""
    free = SeatCounter.objects.filter(event=event_id, taken__lt=F("capacity"), waiting=0)
    return bool(free.update(taken=F("taken") + 1))


def free_seat(event_id: UUID) -> None:
    SeatCounter.objects.filter(event=event_id).update(taken=F("taken") - 1)


def join_queue(event_id: UUID) -> int:
    """The next number in the queue of the event."""
    counter = SeatCounter.objects.filter(event=event_id)
    counter.update(waiting=F("waiting") + 1, last_queue_number=F("last_queue_number") + 1)
    return counter.values_list("last_queue_number", flat=True).get()


def leave_queue(event_id: UUID) -> None:
    SeatCounter.objects.filter(event=event_id).update(waiting=F("waiting") - 1)


def reserve_for_waiting(event_id: UUID) -> bool:
    """Whether a seat was free for one who waits; it is held now, and the queue is one shorter."""
    free = SeatCounter.objects.filter(event=event_id, taken__lt=F("capacity"), waiting__gt=0)
    return bool(free.update(taken=F("taken") + 1, waiting=F("waiting") - 1))
