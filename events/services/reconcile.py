"""Do the counters say what the registrations say? What the reconcile command prints, and what it mends."""

from collections import Counter
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from events.models import Event, HeldSeats, Mode, Registration, SeatCounter

Status = Registration.Status


class Difference(NamedTuple):
    """A number that is not what the registrations add up to."""

    event_id: UUID
    what: str  # the column of the counter, or "held for" a kind
    counted: int
    true: int


def differences(event: Event) -> list[Difference]:
    """What is wrong in the counters of one event."""
    counter = SeatCounter.objects.get(event=event)
    pools = list(HeldSeats.objects.filter(event=event))
    in_pool = Counter(Registration.objects.of(event).seated().values_list("held_seats", flat=True))
    found = [Difference(event.pk, f"held for {pool.kind}", pool.taken, in_pool[pool.pk]) for pool in pools]
    left = sum(pool.seats - in_pool[pool.pk] for pool in pools if not pool.released)
    true = {"held": left, **true_counts(event)}
    found += [Difference(event.pk, what, getattr(counter, what), number) for what, number in true.items()]
    return [difference for difference in found if difference.counted != difference.true]


def true_counts(event: Event) -> dict[str, int]:
    """How many have a seat and how many wait, in all and per mode, counted row by row."""
    rows = Registration.objects.of(event)
    counts: dict[str, int] = {}
    for what, among in {"taken": rows.seated(), "waiting": rows.waiting()}.items():
        modes = Counter(among.values_list("mode", flat=True))
        counts |= {what: modes.total(), **{f"{mode}_{what}": modes[mode] for mode in Mode.values}}
    return counts


@transaction.atomic
def mend(event: Event) -> list[Difference]:
    """Make the counters say what the registrations say; returns what was wrong.

    Raises IntegrityError when more seats are taken than there are: that is for a person to decide.
    """
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    found = differences(event)
    columns = {difference.what: difference.true for difference in found if hasattr(SeatCounter, difference.what)}
    for difference in found:
        if difference.what not in columns:
            kind = difference.what.removeprefix("held for ")
            HeldSeats.objects.filter(event=event, kind=kind).update(taken=difference.true)
    if columns:
        SeatCounter.objects.filter(event=event).update(**columns)
    return found
