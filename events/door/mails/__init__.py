"""All that a visitor may do about the mails to an address, by the SHA-256 of a personal link.

As with registrations (events/door): a link that is unknown or too old is told nothing, and never which it is; saying
the same twice is saying it once, and nothing but the row of the address is touched.
"""

from types import ModuleType

from django.db import connection, transaction

from . import orm, sql
from .answers import Purpose, View

__all__ = ["Purpose", "View", "choose", "stop", "view"]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def view(h: str, *purposes: str) -> View | None:
    """The address behind a link made for one of these purposes, and what it wants none of."""
    found = backend().view(h)
    return found if found and found.purpose in purposes else None


@transaction.atomic
def choose(h: str, unwanted: list[str]) -> bool:
    """Keep the groups of mails the address wants none of, instead of those before; False where the link is no good."""
    return backend().choose(h, unwanted)


@transaction.atomic
def stop(h: str, group: str) -> bool:
    """Say no to one group, beside what was said no to before; False where the link is no good."""
    return backend().stop(h, group)
