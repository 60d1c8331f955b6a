"""All that a visitor may do to an invitation to a dialogue, by the SHA-256 of a personal link.

As with registrations (events/door): None for a link that is unknown, used up or too old, never saying which; clicking
twice gives the same answer twice; nothing but the row of the link is touched.
"""

from types import ModuleType

from django.db import connection, transaction

from events.services.dialogue_requests import follow_up

from . import orm, sql
from .answers import Outcome, View

__all__ = ["Outcome", "View", "confirm", "view", "withdraw"]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def view(h: str, *, used: bool = False) -> View | None:
    """The invitation behind a link that can still be used for what it was sent for; with ``used`` in any state."""
    found = backend().view(h)
    return found if found and (used or found.is_usable) else None


@transaction.atomic
def confirm(h: str) -> Outcome | None:
    """Hand the invitation to the officers."""
    outcome = backend().confirm(h)
    if outcome:
        follow_up(outcome)
    return outcome


@transaction.atomic
def withdraw(h: str) -> Outcome | None:
    """Take it back, as long as nobody has answered."""
    return backend().withdraw(h)
