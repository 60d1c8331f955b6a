"""All that a visitor may do to an invitation to an event, by the SHA-256 of its link.

As with registrations (events/door): None for a link that is unknown or too old, never saying which; clicking twice
gives the same answer twice. A closed event is read here and nowhere else on the public face.
"""

from collections.abc import Mapping
from types import ModuleType
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from events.services import invited
from events.services.registering import follow_up
from outreach.queue.enqueue import enqueue

from . import orm, sql
from .answers import Outcome, View

__all__ = ["Outcome", "View", "accept", "decline", "name_another", "propose", "view"]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def view(h: str) -> View | None:
    """The invitation behind a link, and its event unless the invitation is withdrawn."""
    return backend().view(h)


@transaction.atomic
def accept(h: str, data: Mapping[str, Any], *, language: str) -> Outcome | None:
    """Take a seat or a place in the queue with a link bound to one person."""
    seen = view(h)
    if seen is None or seen.event is None:
        return None
    asked = invited.proposal(seen.invitation, data, language=language, now=timezone.now())
    outcome = backend().accept(h, asked)
    if outcome:
        follow_up(outcome)
    return outcome


@transaction.atomic
def propose(h: str, data: Mapping[str, Any], *, language: str) -> Outcome | None:
    """Register with a link of several seats; the mail to confirm goes to the address given."""
    seen = view(h)
    if seen is None or seen.event is None:
        return None
    asked = invited.proposal(seen.invitation, data, language=language, now=timezone.now())
    outcome = backend().propose(h, asked)
    if outcome and outcome.changed:
        enqueue("events.registration_received", outcome.registration_id)
    return outcome


@transaction.atomic
def decline(h: str, words: str) -> Outcome | None:
    """Say no; nobody is told, the officer reads it."""
    return backend().decline(h, words)


@transaction.atomic
def name_another(h: str, name: str, email: str) -> Outcome | None:
    """Hand the invitation to somebody else; the worker finds out whether they are asked already."""
    outcome = backend().name_another(h, name, email)
    if outcome and outcome.changed:
        enqueue("events.invitation_named", outcome.registration_id)
    return outcome
