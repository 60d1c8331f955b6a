"""The form behind a link, on PostgreSQL: one function that runs as its owner."""

from pathlib import Path

from events.door.sql import call

from .answers import Behind

FUNCTIONS = Path(__file__).with_name("functions.sql")


def behind(h: str) -> Behind | None:
    row = call("select * from public.door_form(%s)", h)
    return Behind(*row) if row else None
