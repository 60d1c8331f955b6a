"""Giving one's seat to a named colleague: they confirm in time, or the seat stays where it is. No counter ever moves.

The colleague's row names the one whose seat it is offered, and holds nothing until they say yes. Rows are locked in
one order everywhere: who has the seat, the colleague, then the event.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from events.models import Invitation, Refusal, Registration, person_key
from outreach.queue.enqueue import enqueue

from . import seats
from .seats import Outcome, Status

ANSWER_WITHIN = timedelta(hours=48)  # as long as an offer from the waiting list; functions.sql says the same
TOLD = ("name", "email", "organisation", "partner_kind", "language")


@transaction.atomic
def offer(registration_id: UUID, colleague: Mapping[str, str], *, now: datetime) -> Outcome:
    """Offer the seat to a colleague. Whether they are registered already is found out by the worker, and told to them.

    The outcome is of the colleague's row where it is ``changed``; one seat is offered to one at a time.
    """
    registration = seats.claim(registration_id)
    made = Registration(event=registration.event, **{field: colleague.get(field, "") for field in TOLD})
    reason = seats.over(registration, now)
    if not reason and not fits(registration, made.partner_kind):
        reason = Refusal.HELD
    itself = person_key(made.name, made.email) == registration.folded_key
    busy = Registration.objects.swaps_of(registration).exists()
    if reason or registration.status != Status.CONFIRMED or itself or busy:
        return seats.outcome(registration, reason=reason)
    made.mode, made.replaces, made.proposed_by = registration.mode, registration, registration.name
    made.created_at, made.offer_expires_at = now, min(now + ANSWER_WITHIN, registration.event.starts_at)
    made.save(force_insert=True)
    return seats.outcome(made, changed=True)


@transaction.atomic
def end(registration_id: UUID, *, now: datetime) -> Outcome:
    """Take the offer back. A colleague who waits for our answer goes on waiting, for a seat of their own."""
    registration = seats.claim(registration_id)
    changed = False
    for made in Registration.objects.swaps_of(registration).select_for_update(of=("self",)):
        if made.status == Status.PENDING:
            made.move_to(Status.CANCELLED)
            made.cancelled_at = now
        else:
            made.replaces = None
        made.save(update_fields=["status", "cancelled_at", "replaces"])
        changed = True
    return seats.outcome(registration, changed=changed)


@transaction.atomic
def answer(registration_id: UUID, accept: bool, *, now: datetime) -> Outcome:
    """Take the seat, or leave it. Where we say yes or no to each, theirs waits for ours; the seat stays till then."""
    registration, giver = claim_both(registration_id)
    reason = seats.over(registration, now)
    if reason or registration.status != Status.PENDING:
        return seats.outcome(registration, reason=reason)
    if not accept:
        registration.move_to(Status.DECLINED)
        registration.cancelled_at = now
        registration.save(update_fields=["status", "cancelled_at"])
        return seats.outcome(registration, changed=True)
    reason = no_swap(registration, giver)
    if giver is None or reason:
        return seats.outcome(registration, reason=reason)
    registration.confirmed_at = registration.consent_at = now
    if registration.event.needs_approval:
        registration.move_to(Status.APPLIED)
    else:
        hand_over(registration, giver, now=now)
    registration.save(update_fields=[*seats.SETTLED, "consent_at", "mode", "invitation"])
    return seats.outcome(registration, changed=True)


def claim_both(registration_id: UUID) -> tuple[Registration, Registration | None]:
    """The colleague's row and that of the seat, locked, with their event."""
    seat_of = Registration.objects.filter(successors=registration_id)
    giver = seat_of.select_for_update(of=("self",)).first()
    return seats.claim(registration_id), giver


def no_swap(registration: Registration, giver: Registration | None) -> str:
    """Why the seat can not go to the colleague; "" when it can."""
    if giver is None or giver.status != Status.CONFIRMED:
        return Refusal.SEAT_GONE
    if Registration.objects.same_person(registration).exclude(pk=registration.pk).exists():
        return Refusal.ALREADY_REGISTERED
    return "" if fits(giver, registration.partner_kind) else Refusal.HELD


def fits(giver: Registration, kind: str) -> bool:
    """Whether somebody of this kind may have the seat: one held for a kind goes to that kind only."""
    pool = giver.held_seats
    return pool is None or pool.released or pool.kind == kind


def hand_over(registration: Registration, giver: Registration, *, now: datetime) -> None:
    """Move the seat from one to the other; the colleague's row is changed in memory.

    With it goes the use of a link of several seats: it is not free for somebody else.
    """
    registration.held_seats, registration.mode = giver.held_seats, giver.mode
    registration.invitation = Invitation.objects.free().filter(pk=giver.invitation_id).first()
    giver.move_to(Status.SWAPPED)
    giver.held_seats, giver.cancelled_at = None, now
    giver.save(update_fields=seats.GIVEN_UP)
    registration.move_to(Status.CONFIRMED)


def approve(registration_id: UUID, *, now: datetime) -> Registration | None:
    """The seat a colleague was waiting for our yes to, theirs now; None when there is none to hand over any more.

    Call it in the transaction of the yes, before the row is claimed.
    """
    registration, giver = claim_both(registration_id)
    if registration.status != Status.APPLIED or not registration.event.still_takes_place(now):
        return None
    if giver is None or no_swap(registration, giver):
        return None
    hand_over(registration, giver, now=now)
    registration.save(update_fields=[*seats.SETTLED, "mode", "invitation"])
    follow_up(seats.outcome(registration, changed=True))
    return registration


def giver_of(registration: Registration) -> Registration | None:
    """Whose seat our yes hands over to this one; None when there is none to hand over. Reads only."""
    giver = registration.replaces
    return None if no_swap(registration, giver) else giver


def expire(now: datetime) -> int:
    """End the offers nobody answered in time; returns how many. The seats stay where they are."""
    lapsed = list(Registration.objects.swaps_lapsed(now).values_list("pk", flat=True))
    return sum(lapse(registration_id, now=now) for registration_id in lapsed)


@transaction.atomic
def lapse(registration_id: UUID, *, now: datetime) -> bool:
    """Whether this one was still unanswered after its deadline; who has the seat is told that they keep it."""
    registration = seats.claim(registration_id)
    until = registration.offer_expires_at
    if registration.status != Status.PENDING or until is None or until > now:
        return False
    registration.move_to(Status.EXPIRED)
    registration.cancelled_at = now
    registration.save(update_fields=["status", "cancelled_at"])
    enqueue("events.swap_ended", registration.pk)
    return True


def follow_up(outcome: Outcome) -> None:
    """Start what a step of a swap calls for: a mail to the colleague, or to who has the seat or had it."""
    if not outcome.changed:
        return
    if outcome.status == Status.PENDING:
        enqueue("events.swap_offered", outcome.registration_id)
    elif outcome.status == Status.DECLINED:
        enqueue("events.swap_ended", outcome.registration_id)
    elif outcome.status == Status.CONFIRMED:
        enqueue("events.seat_swapped", outcome.registration_id)


def colleagues_row(colleague: Mapping[str, str]) -> dict[str, Any]:
    """The row of a colleague as columns, for the door: it holds nothing, and names no event."""
    made = Registration(**{field: colleague.get(field, "") for field in TOLD})
    made.folded_key = person_key(made.name, made.email)
    return {str(field.column): getattr(made, field.attname) for field in Registration._meta.concrete_fields}
