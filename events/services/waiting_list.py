"""Who is next: a free seat is offered to the longest waiting, until a deadline. Runs in the worker only."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F

from events.models import Event, HeldSeats, Registration, SeatCounter
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue

from . import seats
from .registering import follow_up
from .seats import Outcome, Status

ANSWER_WITHIN = timedelta(hours=48)
OUT_OF_THE_WAY = 1_000_000_000  # above every number of a queue, within what the column holds


def offer_free_seats(event: Event, *, now: datetime) -> list[UUID]:
    """Offer every free seat, longest waiting first, until the event starts; returns who got an offer.

    The day registration closes binds those who are not on the list yet.
    """
    offered = []
    while event.still_takes_place(now):
        following = next_in_line(event)
        if following is None:
            break
        held = offer(following, deadline=min(now + ANSWER_WITHIN, event.starts_at))
        if held is None:
            break
        if held.changed:
            offered.append(following)
    return offered


def next_in_line(event: Event) -> UUID | None:
    """The longest waiting of those for whom a seat is free: in their mode, for everybody or held for their kind."""
    counter = SeatCounter.objects.get(event=event)
    waiting = Registration.objects.waiting().of(event).filter(mode__in=counter.rooms())
    if counter.taken + counter.held >= counter.capacity:
        kinds = HeldSeats.objects.held().filter(event=event, taken__lt=F("seats")).values("kind")
        waiting = waiting.filter(partner_kind__in=kinds)
    return waiting.values_list("pk", flat=True).first()


@transaction.atomic
def offer(registration_id: UUID, *, deadline: datetime) -> Outcome | None:
    """Hold a seat for one who waits; None when there is none, unchanged when they no longer wait."""
    registration = seats.claim(registration_id)
    if registration.status != Status.WAITING:
        return seats.outcome(registration)
    if not seats.take_seat(registration, from_queue=True):
        return None
    registration.move_to(Status.OFFERED)
    registration.offer_expires_at = deadline
    registration.save(update_fields=["status", "held_seats", "offer_expires_at"])
    enqueue("events.seat_offered", registration.pk)
    return seats.outcome(registration, changed=True)


@transaction.atomic
def move(registration: Registration, place: int, *, officer: User, reason: str) -> int:
    """Give one who waits another place in the queue, for a reason that is recorded; returns the place.

    The numbers in the queue stay the same and are dealt out anew among those who wait.
    """
    registration = seats.claim(registration.pk)
    waiting = list(Registration.objects.waiting().of(registration.event_id))
    if registration not in waiting:
        return 0
    numbers = [row.queue_number for row in waiting]
    waiting.remove(registration)
    place = min(max(place, 1), len(numbers))
    waiting.insert(place - 1, registration)
    deal(waiting, numbers)
    record("change", registration, actor=officer, reason=f"moved to place {place}: {reason}")
    return place


def deal(waiting: list[Registration], numbers: list[int]) -> None:
    """Write the numbers in this order; each is somebody's only once, so that none is free to give before all are."""
    dealt = [(row, number) for row, number in zip(waiting, numbers, strict=True) if row.queue_number != number]
    moved = Registration.objects.filter(pk__in=[row.pk for row, _ in dealt])
    moved.update(queue_number=F("queue_number") + OUT_OF_THE_WAY)
    for row, number in dealt:
        row.queue_number = number
    Registration.objects.bulk_update([row for row, _ in dealt], ["queue_number"], batch_size=500)


def expire_offers(now: datetime) -> int:
    """Take back the seats of offers that nobody answered; returns how many."""
    lapsed = list(Registration.objects.lapsed(now).values_list("pk", flat=True))
    return sum(lapse(registration_id, now=now) for registration_id in lapsed)


@transaction.atomic
def lapse(registration_id: UUID, *, now: datetime) -> bool:
    """Whether this offer was still unanswered after its deadline; the seat is free again then."""
    registration = seats.claim(registration_id)
    if not registration.has_lapsed(now):
        return False
    seats.give_up(registration)
    registration.move_to(Status.EXPIRED)
    registration.save(update_fields=["status", "held_seats"])
    enqueue("events.offer_lapsed", registration.pk)
    follow_up(seats.outcome(registration, changed=True))
    return True


def release_held_seats(now: datetime) -> int:
    """Give to everybody what was held for a kind of partner until now; returns how many seats."""
    events = Event.objects.with_seats_to_release(now).values_list("pk", flat=True)
    return sum(release(event_id, now=now) for event_id in events)


@transaction.atomic
def release(event_id: UUID, *, now: datetime) -> int:
    """How many held seats of one event are everybody's from now on; they are offered to those who wait."""
    Event.objects.select_for_update(no_key=True).get(pk=event_id)
    due = list(HeldSeats.objects.due(now).filter(event=event_id).select_for_update())
    left = sum(held.left for held in due)
    HeldSeats.objects.filter(pk__in=[held.pk for held in due]).update(released=True)
    SeatCounter.objects.filter(event=event_id).update(held=F("held") - left)
    if left:
        enqueue("events.seat_freed", event_id)
    return left


def offer_forgotten_seats(now: datetime) -> None:
    """Look at every open event with a free seat and a queue: whatever went wrong, no seat stays empty."""
    for event in Event.objects.with_seats_to_offer(now):
        offer_free_seats(event, now=now)
