"""The files of an event for one who has a seat there, by the SHA-256 of their personal link.

As with registrations (events/door): a link that is unknown or too old is told nothing, and never which it is.
"""

from types import ModuleType

from django.db import connection

from events.models import Material

from . import orm, sql


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def behind(h: str) -> list[Material]:
    """Those that are out, oldest first; none for somebody without a seat."""
    return backend().behind(h)
