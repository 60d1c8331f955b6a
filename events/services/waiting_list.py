"""Who is next: a free seat is offered to the longest waiting, until a deadline. Runs in the worker only."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from events.models import Event, Registration
from outreach.queue.enqueue import enqueue

from . import seats
from .registering import follow_up
from .seats import Outcome, Status

ANSWER_WITHIN = timedelta(hours=48)


def offer_free_seats(event: Event, *, now: datetime) -> list[UUID]:
    """Offer every free seat, longest waiting first, until the event starts; returns who got an offer.

    The day registration closes binds those who are not on the list yet.
    """
    offered = []
    while event.still_takes_place(now):
        following = Registration.objects.waiting().filter(event=event).values_list("pk", flat=True).first()
        if following is None:
            break
        held = offer(following, deadline=min(now + ANSWER_WITHIN, event.starts_at))
        if held is None:
            break
        if held.changed:
            offered.append(following)
    return offered


@transaction.atomic
def offer(registration_id: UUID, *, deadline: datetime) -> Outcome | None:
    """Hold a seat for one who waits; None when there is none, unchanged when they no longer wait."""
    registration = seats.claim(registration_id)
    if registration.status != Status.WAITING:
        return seats.outcome(registration)
    if not seats.reserve_for_waiting(registration.event_id):
        return None
    registration.move_to(Status.OFFERED)
    registration.offer_expires_at = deadline
    registration.save(update_fields=["status", "offer_expires_at"])
    enqueue("events.seat_offered", registration.pk)
    return seats.outcome(registration, changed=True)


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
    seats.free_seat(registration.event_id)
    registration.move_to(Status.EXPIRED)
    registration.save(update_fields=["status"])
    enqueue("events.offer_lapsed", registration.pk)
    follow_up(seats.outcome(registration, changed=True))
    return True


def offer_forgotten_seats(now: datetime) -> None:
    """Look at every open event with a free seat and a queue: whatever went wrong, no seat stays empty."""
    for event in Event.objects.with_seats_to_offer(now):
        offer_free_seats(event, now=now)
