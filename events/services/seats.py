"""Seats and places in the queue: one person's row and the counter of the event, and nothing else.

Each function claims the row, answers unchanged when it is not in the expected state, moves the counter by a
conditional UPDATE and then sets the state. The functions of ``events/door/functions.sql`` do the same for the public
role; one suite of tests holds the two alike. Rows are locked in one order everywhere: registration, event, held seats,
counter.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.expressions import Combinable

from events.models import Event, HeldSeats, Mode, Question, Refusal, Registration, SeatCounter, person_key

Status = Registration.Status

# What a registrant may change later, and how much of it is kept.
CHANGEABLE = {"name": 120, "organisation": 140, "role": 140, "needs": 500}
SETTLED = ["status", "queue_number", "held_seats", "confirmed_at"]
GIVEN_UP = ["status", "held_seats", "cancelled_at"]


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
    event = registration.event
    if registration.status != Status.PENDING:
        return outcome(registration)
    reason = event.refusal(now)
    if not reason and Registration.objects.same_person(registration).exists():
        reason = Refusal.ALREADY_REGISTERED
    if reason:
        return outcome(registration, reason=reason)
    if event.needs_approval:
        registration.move_to(Status.APPLIED)
        registration.confirmed_at = now
    else:
        settle(registration, now=now)
    registration.consent_at = registration.consent_at or now  # a colleague's, asked for beside the button
    registration.save(update_fields=[*SETTLED, "consent_at"])
    return outcome(registration, changed=True)


def settle(registration: Registration, *, now: datetime) -> None:
    """Move a registration to its seat or place in the queue, in memory; the event's row is locked."""
    if take_seat(registration):
        registration.move_to(Status.CONFIRMED)
    else:
        registration.queue_number = join_queue(registration)
        registration.move_to(Status.WAITING)
    registration.confirmed_at = registration.confirmed_at or now


@transaction.atomic
def cancel(registration_id: UUID, *, now: datetime) -> Outcome:
    """Give up the seat, the offer or the place in the queue. Once the event has started there is nothing to give."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or not registration.is_live:
        return outcome(registration, reason=reason)
    give_up(registration)
    registration.move_to(Status.CANCELLED)
    registration.cancelled_at = now
    registration.save(update_fields=GIVEN_UP)
    return outcome(registration, changed=True)


@transaction.atomic
def answer(registration_id: UUID, data: Mapping[str, Any], *, now: datetime) -> Outcome:
    """Change what the registrant told about themselves; other keys in ``data`` are passed over."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or not registration.is_live:
        return outcome(registration, reason=reason)
    for field, length in CHANGEABLE.items():
        if field in data:
            setattr(registration, field, data[field][:length])
    if "answers" in data:
        registration.answers = answered_now(registration, data["answers"])
    registration.folded_key = person_key(registration.name, registration.email, registration.organisation)
    if Registration.objects.same_person(registration).exclude(pk=registration.pk).exists():
        return outcome(registration, reason=Refusal.ALREADY_REGISTERED)
    registration.save(update_fields=[*CHANGEABLE, "folded_key", "answers"])
    return outcome(registration, changed=True)


def answered_now(registration: Registration, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with those to what is asked now in the place of the old; those to what is no longer asked stay."""
    asked = {question.key for question in Question.objects.asked().of(registration.event)}
    kept = {key: value for key, value in registration.answers.items() if key not in asked}
    return kept | {key: value for key, value in answers.items() if key in asked}


@transaction.atomic
def answer_offer(registration_id: UUID, accept: bool, *, now: datetime) -> Outcome:
    """Keep the seat that is held, which says that one comes, or give it back."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or registration.status != Status.OFFERED:
        return outcome(registration, reason=reason)
    if accept:
        registration.move_to(Status.CONFIRMED)
        registration.comes_at = now
    else:
        give_up(registration)
        registration.move_to(Status.DECLINED)
        registration.cancelled_at = now
    registration.save(update_fields=[*GIVEN_UP, "comes_at"])
    return outcome(registration, changed=True)


@transaction.atomic
def come(registration_id: UUID, comes: bool, *, now: datetime) -> Outcome:
    """Say that one still comes, or give up the seat."""
    registration = claim(registration_id)
    reason = over(registration, now)
    if reason or registration.status != Status.CONFIRMED or (comes and registration.comes_at):
        return outcome(registration, reason=reason)
    if comes:
        registration.comes_at = now
    else:
        give_up(registration)
        registration.move_to(Status.CANCELLED)
        registration.cancelled_at = now
    registration.save(update_fields=[*GIVEN_UP, "comes_at"])
    return outcome(registration, changed=True)


def claim(registration_id: UUID) -> Registration:
    """The registration and its event, their rows locked until the transaction ends."""
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration_id)
    registration.event = Event.objects.select_for_update(no_key=True).get(pk=registration.event_id)
    return registration


def over(registration: Registration, now: datetime) -> str:
    """Why a registration that stands can no longer be changed; closed registration is no reason."""
    return "" if registration.event.still_takes_place(now) else registration.event.refusal(now)


def take_seat(registration: Registration, *, from_queue: bool = False) -> bool:
    """Whether there was a seat for this one; it is taken now, the one held for their kind before one for everybody.

    ``from_queue`` for the one whose turn it is: then those who wait are no hindrance, and the queue is one shorter.
    """
    if pool := held_for(registration, from_queue=from_queue):
        SeatCounter.objects.filter(event=registration.event_id).update(
            held=F("held") - 1, **counted(registration.mode, "taken", +1), **left_by(registration, from_queue)
        )
        HeldSeats.objects.filter(pk=pool.pk).update(taken=F("taken") + 1)
        registration.held_seats = pool
        return True
    free = SeatCounter.objects.filter(room_in(registration.mode), event=registration.event_id)
    if not from_queue:
        free = free.exclude(contested())
    open_to_all = free.filter(taken__lt=F("capacity") - F("held"))
    return bool(open_to_all.update(**counted(registration.mode, "taken", +1), **left_by(registration, from_queue)))


def held_for(registration: Registration, *, from_queue: bool) -> HeldSeats | None:
    """The seats held for this one's kind, if one is left that nobody who waits could have."""
    if not registration.partner_kind:
        return None
    left = HeldSeats.objects.held().filter(event=registration.event_id, taken__lt=F("seats"))
    pool = left.filter(kind=registration.partner_kind).select_for_update().first()
    rooms = SeatCounter.objects.get(event=registration.event_id).rooms() if pool else []
    if registration.mode not in rooms:
        return None
    rivals = Registration.objects.waiting().of(registration.event_id).filter(mode__in=rooms)
    taken_first = not from_queue and rivals.filter(partner_kind=registration.partner_kind).exists()
    return None if taken_first else pool


def give_up(registration: Registration) -> None:
    """Free the seat, or the place in the queue, in the counters; what waits for our answer holds neither."""
    counter = SeatCounter.objects.filter(event=registration.event_id)
    if registration.status == Status.WAITING:
        counter.update(**counted(registration.mode, "waiting", -1))
    elif registration.status in Registration.SEATED:
        held_again = leave_pool(registration.held_seats_id) if registration.held_seats_id else 0
        counter.update(held=F("held") + held_again, **counted(registration.mode, "taken", -1))
        registration.held_seats = None


def leave_pool(pool_id: int) -> int:
    """Give a seat back to those held for its kind; how many seats are held again: 0 when they are released."""
    pool = HeldSeats.objects.filter(pk=pool_id)
    pool.update(taken=F("taken") - 1)
    return pool.held().count()


def join_queue(registration: Registration) -> int:
    """The next number in the queue of the event."""
    counter = SeatCounter.objects.filter(event=registration.event_id)
    counter.update(last_queue_number=F("last_queue_number") + 1, **counted(registration.mode, "waiting", +1))
    return counter.values_list("last_queue_number", flat=True).get()


def counted(mode: str, what: str, step: int) -> dict[str, Combinable]:
    """The change of a number, in all and in its mode."""
    return {what: F(what) + step, f"{mode}_{what}": F(f"{mode}_{what}") + step}


def left_by(registration: Registration, from_queue: bool) -> dict[str, Combinable]:
    return counted(registration.mode, "waiting", -1) if from_queue else {}


def room_in(mode: str) -> Q:
    """That the mode itself takes one more."""
    return Q(**{f"{mode}_capacity": None}) | Q(**{f"{mode}_taken__lt": F(f"{mode}_capacity")})


def contested() -> Q:
    """That somebody waits who could have the next seat that is free to all."""
    each = [Q(**{f"{mode}_waiting__gt": 0}) & room_in(mode) for mode in Mode.values]
    return each[0] | each[1]
