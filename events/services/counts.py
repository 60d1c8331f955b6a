"""The numbers behind the seats of an event as one word: another word, other numbers on its page."""

from django.db.models import QuerySet

from events.models import Event, SeatCounter
from outreach.prepared import TEXT, prepared

OF_COUNTER = tuple(field.attname for field in SeatCounter._meta.concrete_fields if not field.primary_key)
OF_POOL = ("kind", "seats", "taken", "released", "release_at")


@prepared
def _rows() -> QuerySet:
    """A row for each kind of partner that seats are held for, one where there is none."""
    numbers = (*OF_COUNTER, *(f"event__held__{name}" for name in OF_POOL))
    return SeatCounter.objects.filter(event__slug=TEXT).values_list(*numbers)


def seats_of(slug: str) -> str:
    """The numbers as they are now, in one query; "" where there is no such event."""
    rows = _rows(text=slug)
    pools = [row[len(OF_COUNTER) :] for row in rows if row[-1] is not None]
    return _word(rows[0][: len(OF_COUNTER)], pools) if rows else ""


def seats_shown(event: Event) -> str:
    """The numbers that this very object shows, read when it was."""
    pools = [tuple(getattr(pool, name) for name in OF_POOL) for pool in event.held.all()]
    return _word(tuple(getattr(event.seats, name) for name in OF_COUNTER), pools)


def _word(counter: tuple, pools: list[tuple]) -> str:
    return repr((counter, sorted(pools)))
