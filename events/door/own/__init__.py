"""What a registrant may do beyond a registration: see all at one address, take part another way, give the seat away.

As in events/door: by the SHA-256 of a personal link; None for one that is unknown or too old, never saying which;
clicking twice gives the same answer twice; what concerns anybody else is a task of the worker.
"""

from collections.abc import Mapping
from types import ModuleType

from django.db import connection, transaction

from events.services import modes, swapping
from events.services.registering import follow_up

from . import orm, sql
from .answers import Listed, Mail, Outcome, Own, Participant, Swap

__all__ = [
    "Listed",
    "Mail",
    "Outcome",
    "Own",
    "Participant",
    "Swap",
    "choose_mode",
    "end_swap",
    "mailbox",
    "own",
    "participants",
    "show",
    "swap",
    "take_over",
]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def mailbox(h: str) -> list[Listed]:
    """All registrations a link to somebody's mailbox opens, the latest event first; none for a link that is none."""
    return backend().mailbox(h)


def own(h: str) -> Own | None:
    """What stands beside the registration of a link to manage it."""
    return backend().own(h)


@transaction.atomic
def choose_mode(h: str, mode: str, *, waits: bool = False) -> Outcome | None:
    """Take part the other way, if there is room; with ``waits``, as soon as there is. Until then the seat stays."""
    outcome = backend().choose_mode(h, mode, waits)
    if outcome:
        modes.follow_up(outcome)
    return outcome


@transaction.atomic
def show(h: str, how: str) -> Outcome | None:
    """Choose what the others who come read about one; ``how`` is of Shown."""
    return backend().show(h, how)


def participants(h: str) -> list[Participant] | None:
    """Who else comes, as they want to be seen; None unless one comes oneself and the list is shown now."""
    return backend().participants(h)


@transaction.atomic
def swap(h: str, colleague: Mapping[str, str]) -> Outcome | None:
    """Offer the seat to a colleague, who gets a mail; where ``changed``, the outcome is of the colleague's row."""
    outcome = backend().swap(h, colleague)
    if outcome:
        swapping.follow_up(outcome)
    return outcome


@transaction.atomic
def end_swap(h: str) -> Outcome | None:
    """Take the offer back; nobody is told. A colleague who waits for our answer goes on waiting for a seat."""
    return backend().end_swap(h)


@transaction.atomic
def take_over(h: str, accept: bool) -> Outcome | None:
    """Take the seat one was offered by a colleague, or leave it with them."""
    outcome = backend().take_over(h, accept)
    if outcome:
        swapping.follow_up(outcome)
        if accept:
            follow_up(outcome)
    return outcome
