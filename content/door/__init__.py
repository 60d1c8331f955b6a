"""All that the owner of an entry or a channel may do from outside, by the SHA-256 of a personal link.

As with registrations (events/door): a link that is unknown, used up or too old gets None and never says which;
pressing twice gives the same answer twice, and a function changes only the row of its link.
"""

from types import ModuleType

from django.db import connection, transaction

from outreach.queue.enqueue import enqueue

from . import orm, sql
from .answers import Outcome, View

__all__ = ["Outcome", "View", "confirm", "object_to", "view"]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def view(h: str, *, used: bool = False) -> View | None:
    """The row the link asks about; with ``used`` also when it has been answered."""
    found = backend().view(h)
    return found if found and (used or not found.answered) else None


@transaction.atomic
def confirm(h: str) -> Outcome | None:
    """It is still right: checked today, by its owner, and good for its usual time."""
    return _noted(backend().confirm(h))


@transaction.atomic
def object_to(h: str, note: str) -> Outcome | None:
    """Something is wrong: the note waits for the editors, and nothing public changes."""
    return _noted(backend().object_to(h, note))


def _noted(outcome: Outcome | None) -> Outcome | None:
    if outcome and outcome.changed:
        enqueue("content.owner_answered", str(outcome.question_id))
    return outcome
