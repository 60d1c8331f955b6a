"""All that a visitor may do to a registration, by the SHA-256 of a personal link (architecture.md, decision 19).

Each function returns None for a link that is unknown, used up or too old, and never says which. Clicking twice gives
the same answer twice. The door decides nothing that concerns another person's row: it starts a task for that.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from django.db import connection, transaction

from events.services.registering import follow_up
from events.services.seats import Status

from . import orm, sql
from .answers import Outcome, View

__all__ = ["Outcome", "View", "answer", "cancel", "come", "confirm", "offer", "view"]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def view(h: str, *, used: bool = False) -> View | None:
    """The registration and the event behind a link that can still be used for what it was sent for.

    With ``used`` also one that has done its work already.
    """
    found = backend().view(h)
    return found if found and (used or found.is_usable) else None


@transaction.atomic
def confirm(h: str) -> Outcome | None:
    """Take a seat or a place in the queue; says how many stand in it up to and including this one."""
    outcome = backend().confirm(h)
    if outcome is None:
        return None
    follow_up(outcome)
    if outcome.status != Status.WAITING:
        return outcome
    seen = backend().view(h)
    return outcome._replace(place=seen.place) if seen else outcome


@transaction.atomic
def cancel(h: str) -> Outcome | None:
    """Give up the seat, the offer or the place in the queue."""
    outcome = backend().cancel(h)
    if outcome:
        follow_up(outcome)
    return outcome


@transaction.atomic
def offer(h: str, accept: bool) -> Outcome | None:
    """Keep the seat that is held, or leave it to the next."""
    outcome = backend().offer(h, accept)
    if outcome:
        follow_up(outcome)
    return outcome


@transaction.atomic
def come(h: str, comes: bool) -> Outcome | None:
    """Say that one still comes, or give up the seat."""
    outcome = backend().come(h, comes)
    if outcome and not comes:
        follow_up(outcome)
    return outcome


@transaction.atomic
def answer(h: str, data: Mapping[str, Any]) -> Outcome | None:
    """Change organisation, role, needs or answers; nobody is told."""
    return backend().answer(h, data)
