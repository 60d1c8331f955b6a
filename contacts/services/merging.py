"""Two people corrected one dialogue: what only one of them changed goes in by itself, the rest is asked, by field."""

from collections.abc import Iterator
from dataclasses import dataclass

from contacts.services.revisions import NOTE, Values

# What is chosen in one: a note never meets the readers of another note.
UNITS: dict[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in (
            "participants",
            "kind",
            "date",
            "starts_at",
            "minutes",
            "place",
            "officers",
            "counts",
            "summary",
            "topics",
            "initiative",
            "event",
        )
    },
    "note": NOTE,
}


@dataclass(frozen=True)
class Clash:
    """A field both changed, each in another way."""

    unit: str
    mine: Values
    theirs: Values
    was: Values | None  # None: what it was is not kept, or not theirs to read


@dataclass(frozen=True)
class Merge:
    values: Values  # mine, with theirs where only they changed something
    clashes: list[Clash]


def merge(mine: Values, theirs: Values, was: Values | None) -> Merge:
    """``mine`` was written upon ``was``, which has become ``theirs``. A field not in all of them is left alone."""
    values, clashes = dict(mine), []
    for unit in _shared(mine, theirs):
        my, their, old = (_part(side, unit) for side in (mine, theirs, was))
        if my == their or their == old:
            continue
        if my == old:
            values |= their or {}
        else:
            clashes.append(Clash(unit, my or {}, their or {}, old))
    return Merge(values, clashes)


def _shared(mine: Values, theirs: Values) -> Iterator[str]:
    return (unit for unit, names in UNITS.items() if set(names) <= mine.keys() & theirs.keys())


def _part(values: Values | None, unit: str) -> Values | None:
    names = UNITS[unit]
    return {name: values[name] for name in names} if values and values.keys() >= set(names) else None
