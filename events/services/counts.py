"""The seats of an event as they are this moment, in one query, and what is told of them as one word."""

from typing import NamedTuple

from django.db.models import QuerySet

from events.models import HeldSeats, Mode, SeatCounter
from events.seat_words import FEW
from outreach.prepared import TEXT, prepared

OF_COUNTER = tuple(field.attname for field in SeatCounter._meta.concrete_fields)
OF_POOL = tuple(field.attname for field in HeldSeats._meta.concrete_fields)


class Seats(NamedTuple):
    """The counter of an event, and the seats held for kinds of partner."""

    counter: SeatCounter
    pools: list[HeldSeats]

    @property
    def told(self) -> str:
        """Another word, another page: more than a few seats left are told without their number."""
        counter = self.counter
        rooms = [(mode, counter.limit(mode), counter.left_for(mode), counter.waiting_in(mode)) for mode in Mode.values]
        shown = [(mode, limit, min(left, FEW + 1), waiting) for mode, limit, left, waiting in rooms]
        held = sorted((pool.kind, pool.left, pool.released, pool.release_at) for pool in self.pools)
        return repr((counter.capacity, counter.waiting, shown, held))


@prepared
def _rows() -> QuerySet:
    """A row for each kind of partner that seats are held for, one where there is none."""
    numbers = (*OF_COUNTER, *(f"event__held__{name}" for name in OF_POOL))
    return SeatCounter.objects.filter(event__slug=TEXT).values_list(*numbers).order_by("event__held__kind")


def seats_of(slug: str) -> Seats | None:
    """None where there is no such event."""
    rows = _rows(text=slug)
    if not rows:
        return None
    pools = [row[len(OF_COUNTER) :] for row in rows if row[len(OF_COUNTER)] is not None]
    counter = SeatCounter.from_db(None, OF_COUNTER, rows[0][: len(OF_COUNTER)])
    return Seats(counter, [HeldSeats.from_db(None, OF_POOL, pool) for pool in pools])
