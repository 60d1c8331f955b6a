"""The door on PostgreSQL: six functions that run as their owner, so that the public role needs no table."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Model

from events.models import Event, Question, person_key

from . import needs
from .answers import Outcome, View

NEEDS = View._fields.index("needs")
Row = TypeVar("Row", bound=Model)
FUNCTIONS = Path(__file__).with_name("functions.sql")


def install(schema_editor: BaseDatabaseSchemaEditor, source: Path = FUNCTIONS) -> None:
    """Make the functions, or replace them by those of this version; rights already granted stay."""
    # An early migration makes them before the last columns they count in are there.
    schema_editor.execute("set local check_function_bodies = off")
    schema_editor.execute(source.read_text(), params=None)


def view(h: str) -> View | None:
    row = call("select * from public.door_view(%s)", h)
    if row is None:
        return None
    *told, answers, event, questions = row
    told[NEEDS] = needs.kept(told[0], told[NEEDS])
    shown = row_of(Event, json.loads(event))
    asked = [row_of(Question, columns) for columns in json.loads(questions)]
    for question in asked:
        question.event = shown
    return View._make([*told, json.loads(answers), shown, asked])


def confirm(h: str) -> Outcome | None:
    return outcome(call("select * from public.door_confirm(%s)", h))


def cancel(h: str) -> Outcome | None:
    return outcome(call("select * from public.door_cancel(%s)", h))


def answer(h: str, data: Mapping[str, Any]) -> Outcome | None:
    told = {key: value for key, value in data.items() if key != "folded_key"}
    if told.keys() & {"name", "needs"} and (seen := view(h)):
        if "name" in told:
            told["folded_key"] = person_key(told["name"], seen.email)
        if "needs" in told:
            told["needs"] = needs.sealed(seen.registration_id, told["needs"])
    return outcome(call("select * from public.door_answer(%s, %s::jsonb)", h, json.dumps(told)))


def offer(h: str, accept: bool) -> Outcome | None:
    return outcome(call("select * from public.door_offer(%s, %s)", h, accept))


def come(h: str, comes: bool) -> Outcome | None:
    return outcome(call("select * from public.door_come(%s, %s)", h, comes))


def call(query: str, *params: str | bool | list[str]) -> tuple | None:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchone()


def outcome(row: tuple | None) -> Outcome | None:
    return Outcome(*row) if row else None


def row_of(model: type[Row], columns: dict[str, object]) -> Row:
    """The object from its row as JSON: the public role may not be able to read the table's row itself."""
    fields = {field.column: field for field in model._meta.concrete_fields if field.column}
    values = [field.to_python(columns[column]) for column, field in fields.items()]
    return model.from_db(connection.alias, [field.attname for field in fields.values()], values)
