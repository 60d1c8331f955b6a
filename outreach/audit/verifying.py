"""Walking the chain from its first entry to its last, and holding it against checkpoints that were kept elsewhere.

Finds an entry that was changed, is missing, stands in another's place or was put in past the chain; with checkpoints
also that the end was cut off, or that the database is an older copy. What it tells names entries by number and id.
In memory are a thousand entries at a time, and the checkpoints.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from . import canonical
from .chain import BATCH, FIELDS
from .checkpoints import Checkpoint
from .models import Entry, Link

MOST = 100  # entries past the chain that are named one by one

Progress = Callable[[int], object]  # is told how many entries have been walked


class Walk:
    """One walk. Iterating gives a sentence for each fault; ``last`` is the number it got to, ``walked`` how many."""

    def __init__(self, checkpoints: Iterable[Checkpoint] = (), progress: Progress = lambda walked: None):
        self.signed: dict[int, list[Checkpoint]] = {}
        for checkpoint in checkpoints:
            self.signed.setdefault(checkpoint.seq, []).append(checkpoint)
        self.progress = progress
        self.last, self.walked = 0, 0
        # What may have been hashed before the next entry: the hash that is kept, and the one it should be, so that a
        # fault is told once. Empty: nobody knows.
        self.before = {canonical.START}

    def __iter__(self) -> Iterator[str]:
        while batch := list(Link.objects.filter(seq__gt=self.last).values_list("seq", "entry_id", "hash")[:BATCH]):
            entries = _entries(pk for _seq, pk, _kept in batch)
            for seq, pk, kept in batch:
                yield from self._step(seq, bytes(kept), pk, entries.get(pk))
            self.walked += len(batch)
            self.progress(self.walked)
        yield from self._cut_off()
        yield from _outside()

    def _step(self, seq: int, kept: bytes, pk: UUID, entry: tuple | None) -> Iterator[str]:
        if seq != self.last + 1:
            yield from self._gap(seq)
        right = {canonical.link(before, seq, entry) for before in self.before} if entry else set()
        if entry is None:
            yield f"Entry number {seq} ({pk}) is missing."
        elif right and kept not in right:
            yield f"Entry number {seq} ({pk}) was changed, or stands in another's place."
        for checkpoint in self.signed.get(seq, []):
            if checkpoint.hash != kept:
                yield f"What stands up to number {seq} is not what was signed on {_told(checkpoint.at)}."
        self.last, self.before = seq, {kept, *right} if kept not in right else {kept}

    def _gap(self, seq: int) -> Iterator[str]:
        """What a checkpoint signed may have been removed up to there; then the rest follows from its hash."""
        self.before = {checkpoint.hash for checkpoint in self.signed.get(seq - 1, [])}
        if self.last:
            yield f"Entries number {self.last + 1} to {seq - 1} are missing."
        elif not self.before:
            yield f"The trail begins with number {seq}, and no checkpoint tells what came before."

    def _cut_off(self) -> Iterator[str]:
        newest = max(self.signed, default=0)
        if newest > self.last:
            at = max(checkpoint.at for checkpoint in self.signed[newest])
            yield (
                f"The trail ends with number {self.last}, but on {_told(at)} it went on to number {newest}: "
                "its end was cut off, or this is an older copy of the database."
            )


def _told(at: datetime) -> str:
    return f"{at:%d %B %Y at %H:%M} UTC"


def _entries(keys: Iterable[UUID]) -> dict[UUID, tuple]:
    return {row[0]: row for row in Entry.objects.filter(pk__in=list(keys)).order_by().values_list(*FIELDS)}


def _outside() -> Iterator[str]:
    found = Entry.objects.filter(link=None).order_by().values_list("pk", "at")
    for pk, at in found[:MOST]:
        yield f"Entry {pk} of {at:%d %B %Y} was put in past the chain."
    if (more := found[MOST:].count()) > 0:
        yield f"So were {more} more."
