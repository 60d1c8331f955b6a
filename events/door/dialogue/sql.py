"""The door to invitations on PostgreSQL: three functions that run as their owner."""

import json
from pathlib import Path

from django.db import connection

from events.door.sql import call
from events.models import DialogueRequest

from .answers import OURS, Outcome, View

FUNCTIONS = Path(__file__).with_name("functions.sql")


def view(h: str) -> View | None:
    row = call("select * from public.door_dialogue_view(%s)", h)
    return View(row[0], request_from(json.loads(row[1]))) if row else None


def confirm(h: str) -> Outcome | None:
    return outcome(call("select * from public.door_dialogue_confirm(%s)", h))


def withdraw(h: str) -> Outcome | None:
    return outcome(call("select * from public.door_dialogue_withdraw(%s)", h))


def outcome(row: tuple | None) -> Outcome | None:
    return Outcome(*row) if row else None


def request_from(columns: dict[str, object]) -> DialogueRequest:
    """The invitation from its row as JSON: the public role cannot read the table."""
    fields = [field for field in DialogueRequest._meta.concrete_fields if field.name not in OURS]
    values = [field.to_python(columns[str(field.column)]) for field in fields]
    return DialogueRequest.from_db(connection.alias, [field.attname for field in fields], values)
