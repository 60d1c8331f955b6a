"""The door on PostgreSQL: three functions that run as their owner, so that the public role needs no table."""

from pathlib import Path

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .answers import Outcome, View

FUNCTIONS = Path(__file__).with_name("functions.sql")


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the functions, or replace them by those of this version; rights already granted stay."""
    schema_editor.execute(FUNCTIONS.read_text(), params=None)


def view(h: str) -> View | None:
    row = _call("select * from public.upkeep_view(%s)", h)
    return View(*row) if row else None


def confirm(h: str) -> Outcome | None:
    row = _call("select * from public.upkeep_confirm(%s)", h)
    return Outcome(*row) if row else None


def object_to(h: str, note: str) -> Outcome | None:
    row = _call("select * from public.upkeep_object(%s, %s)", h, note)
    return Outcome(*row) if row else None


def _call(query: str, *params: str) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()
