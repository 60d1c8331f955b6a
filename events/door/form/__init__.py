"""Which form waits behind a link in a mail, by the SHA-256 of the link; unknown or too old, it tells nothing."""

from types import ModuleType

from django.db import connection

from . import orm, sql
from .answers import Behind

__all__ = ["Behind", "behind"]


def backend() -> ModuleType:
    return sql if connection.vendor == "postgresql" else orm


def behind(h: str) -> Behind | None:
    """The form, the address the link was sent to, and the slug of the event it is about, "" for none."""
    return backend().behind(h)
