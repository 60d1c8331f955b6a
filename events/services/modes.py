"""Taking part the other way: at once where there is room, else as soon as there is. Until then the seat stays."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from events.models import Event, Refusal, Registration, SeatCounter
from outreach.queue.enqueue import enqueue

from . import seats
from .seats import Outcome, Status

# Who holds an offer answers it first.
CAN_CHOOSE = (Status.CONFIRMED, Status.WAITING, Status.APPLIED)


@transaction.atomic
def choose(registration_id: UUID, mode: str, *, waits: bool, now: datetime) -> Outcome:
    """Take part in this mode, or keep the seat and, with ``waits``, get one there as soon as there is room.

    Who waits in the queue waits for the other mode from now on, with the same number. Where the mode is full the
    reason is MODE_FULL; ``changed`` says whether anything, the wish too, is other than it was.
    """
    registration = seats.claim(registration_id)
    reason = seats.over(registration, now)
    if reason or registration.status not in CAN_CHOOSE or len(registration.event.modes) < 2:
        return seats.outcome(registration, reason=reason)
    if mode not in registration.event.modes:
        return seats.outcome(registration)
    before = (registration.mode, registration.wishes_mode)
    if has_room(registration, mode):
        move(registration, mode)
    else:
        reason, registration.wishes_mode = Refusal.MODE_FULL, mode if waits else ""
    registration.save(update_fields=["mode", "wishes_mode"])
    return seats.outcome(registration, reason=reason, changed=before != (registration.mode, registration.wishes_mode))


def has_room(registration: Registration, mode: str) -> bool:
    """Whether this one can be in that mode: a seat there is left, and nobody waits for it."""
    if registration.status != Status.CONFIRMED or registration.mode == mode:
        return True
    open_to_all = Q(**{f"{mode}_capacity": None}) | (seats.room_in(mode) & Q(**{f"{mode}_waiting": 0}))
    return SeatCounter.objects.filter(open_to_all, event=registration.event_id).exists()


def move(registration: Registration, mode: str) -> None:
    """Count it in that mode, in memory as for the rest; the row of the event is locked."""
    what = {Status.CONFIRMED: "taken", Status.WAITING: "waiting"}.get(Status(registration.status))
    if what and mode != registration.mode:
        counter = SeatCounter.objects.filter(event=registration.event_id)
        counter.update(**seats.counted(registration.mode, what, -1))
        counter.update(**seats.counted(mode, what, +1))
    registration.mode, registration.wishes_mode = mode, ""


def follow_up(outcome: Outcome) -> None:
    """Look at who can have what one has left."""
    if outcome.changed:
        enqueue("events.seat_freed", outcome.event_id)


def grant_wishes(event: Event, *, now: datetime) -> list[UUID]:
    """Move everybody who wished for the other mode and for whom there is room now; returns whom.

    Those who wait for a seat at all have been offered theirs before.
    """
    wishing = list(Registration.objects.wishing(event).values_list("pk", flat=True))
    return [registration_id for registration_id in wishing if grant(registration_id, now=now)]


@transaction.atomic
def grant(registration_id: UUID, *, now: datetime) -> bool:
    """Whether there was room for this one; they are told, and what they left is looked at."""
    registration = seats.claim(registration_id)
    wish = registration.wishes_mode
    if registration.status != Status.CONFIRMED or not wish or not registration.event.still_takes_place(now):
        return False
    if not has_room(registration, wish):
        return False
    move(registration, wish)
    registration.save(update_fields=["mode", "wishes_mode"])
    enqueue("events.mode_granted", registration.pk, int(now.timestamp()))
    enqueue("events.seat_freed", registration.event_id)
    return True
