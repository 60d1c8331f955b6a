"""Bringing every sealed text under the newest key of its register, so that the older ones can be thrown away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from .places import Place
from .seals import CannotOpen, is_newest, renewed

Progress = Callable[[int, int], None]


@dataclass
class Count:
    """Of the sealed texts of one place."""

    texts: int = 0
    older: int = 0  # opened by an older key only
    unreadable: int = 0  # opened by none

    @property
    def are_done(self) -> bool:
        return not (self.older or self.unreadable)


def rotate(places: Iterable[Place], progress: Progress) -> None:
    """Seal anew what is not under the newest key. In batches, each kept: stopped, it goes on when it is run again.

    What does not open is left as it is. What is written meanwhile is under the newest key already.
    """
    places = list(places)
    done, total = 0, sum(place.total() for place in places)
    progress(done, total)
    for place in places:
        for count in place.renew(partial(_renewed, place.register)):
            done += count
            progress(done, max(done, total))


def _renewed(register: str, seal: str) -> str | None:
    try:
        return None if is_newest(register, seal) else renewed(register, seal)
    except CannotOpen:
        return None


def count(place: Place) -> Count:
    """How the texts of ``place`` are sealed."""
    counted = Count()
    for seal in place.seals():
        counted.texts += 1
        if is_newest(place.register, seal):
            continue
        try:
            renewed(place.register, seal)
        except CannotOpen:
            counted.unreadable += 1
        else:
            counted.older += 1
    return counted
