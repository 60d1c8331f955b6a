"""Whom a free seat goes to, before it does: what a page says of the mails its button leads to. Reads only.

The worker decides anew when it comes to it (waiting_list.py, modes.py); these functions follow the same rules.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from events.models import Event, HeldSeats, Registration, SeatCounter

Status = Registration.Status


class Following(NamedTuple):
    """Who is offered a seat, and who moves to the mode they wished for; longest waiting first."""

    offered: list[Registration]
    moved: list[Registration]

    @property
    def told(self) -> list[Registration]:
        return [*self.offered, *self.moved]

    def without(self, others: "Following") -> "Following":
        """Those who are not among the others."""
        known = {row.pk for row in others.told}
        return Following(*([row for row in rows if row.pk not in known] for rows in self))


class Seats:
    """The seats of an event as they would be counted; nothing is written."""

    def __init__(self, event: Event) -> None:
        self.counter = SeatCounter.objects.get(event=event)
        pools = HeldSeats.objects.held().filter(event=event).values_list("kind", "seats", "taken")
        self.pools = {kind: seats - taken for kind, seats, taken in pools}

    def shift(self, what: str, mode: str, by: int) -> None:
        for field in (what, f"{mode}_{what}"):
            setattr(self.counter, field, getattr(self.counter, field) + by)

    def leave(self, registration: Registration) -> None:
        """Without the seat, or the place in the queue, of this one."""
        if registration.status == Status.WAITING:
            self.shift("waiting", registration.mode, -1)
        elif registration.status in Registration.SEATED:
            self.shift("taken", registration.mode, -1)
            pool = registration.held_seats
            if pool and not pool.released:
                self.pools[pool.kind] = self.pools.get(pool.kind, 0) + 1
                self.counter.held += 1

    def offer(self, registration: Registration) -> bool:
        """Whether there is a seat for one who waits; it is theirs then."""
        if registration.mode not in self.counter.rooms():
            return False
        held = self.pools.get(registration.partner_kind, 0) > 0
        if not held and self.counter.taken + self.counter.held >= self.counter.capacity:
            return False
        if held:
            self.pools[registration.partner_kind] -= 1
            self.counter.held -= 1
        self.shift("waiting", registration.mode, -1)
        self.shift("taken", registration.mode, +1)
        return True

    def grant(self, registration: Registration) -> bool:
        """Whether there is room in the mode this one wishes for; they are there then."""
        wish = registration.wishes_mode
        room = wish in self.counter.rooms() and not self.counter.waiting_in(wish)
        if self.counter.limit(wish) is not None and not room:
            return False
        self.shift("taken", registration.mode, -1)
        self.shift("taken", wish, +1)
        return True

    @property
    def full(self) -> bool:
        return self.counter.taken >= self.counter.capacity or not self.counter.rooms()


def now_free(event: Event, *, now: datetime) -> Following:
    """Who follows with the seats as they are."""
    return _following(event, Seats(event), Registration.objects.waiting().of(event), now=now)


def after_leaving(registration: Registration, *, now: datetime) -> Following:
    """Who follows when this one gives up a seat or a place in the queue, beside those who do anyway."""
    event = registration.event
    seats = Seats(event)
    seats.leave(registration)
    waiting = Registration.objects.waiting().of(event).exclude(pk=registration.pk)
    return _following(event, seats, waiting, now=now).without(now_free(event, now=now))


def _following(event: Event, seats: Seats, waiting: Iterable[Registration], *, now: datetime) -> Following:
    if not event.still_takes_place(now):
        return Following([], [])
    offered: list[Registration] = []
    for row in [] if seats.full else waiting:
        if seats.offer(row):
            offered.append(row)
        if seats.full:
            break
    return Following(offered, [row for row in Registration.objects.wishing(event) if seats.grant(row)])
