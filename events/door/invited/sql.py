"""The door to invitations on PostgreSQL: five functions that run as their owner."""

import json
from pathlib import Path
from typing import TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from events.door.sql import call, row_of
from events.models import AgendaItem, Event, HeldSeats, Invitation, Question, Registration, SeatCounter

from .answers import OURS, Outcome, View

OfEvent = TypeVar("OfEvent", SeatCounter, HeldSeats, AgendaItem, Question)
FUNCTIONS = Path(__file__).with_name("functions.sql")


def view(h: str) -> View | None:
    row = call("select * from public.door_invited_view(%s)", h)
    if row is None:
        return None
    told, event, seats, held, agenda, questions = (json.loads(part or "null") for part in row[:6])
    invitation = invitation_from(told)
    if event is None:
        return View(invitation, None, [], "", row[7])
    shown = invitation.event = row_of(Event, event)
    Event._meta.get_field("seats").set_cached_value(shown, belonging(row_of(SeatCounter, seats), shown))
    vars(shown)["_prefetched_objects_cache"] = {
        "held": [belonging(row_of(HeldSeats, columns), shown) for columns in held],
        "agenda": [belonging(row_of(AgendaItem, columns), shown) for columns in agenda],
    }
    asked = [belonging(row_of(Question, columns), shown) for columns in questions]
    return View(invitation, shown, asked, row[6] or "", row[7])


def accept(h: str, asked: Registration) -> Outcome | None:
    return outcome(call("select * from public.door_invited_accept(%s, %s::jsonb)", h, as_json(asked)))


def propose(h: str, asked: Registration) -> Outcome | None:
    return outcome(call("select * from public.door_invited_propose(%s, %s::jsonb)", h, as_json(asked)))


def decline(h: str, words: str) -> Outcome | None:
    return outcome(call("select * from public.door_invited_decline(%s, %s)", h, words))


def name_another(h: str, name: str, email: str) -> Outcome | None:
    return outcome(call("select * from public.door_invited_name(%s, %s, %s)", h, name, email))


def outcome(row: tuple | None) -> Outcome | None:
    return Outcome(*row) if row else None


def as_json(registration: Registration) -> str:
    """The row as it would be written; the door sets itself what no visitor decides."""
    row = {
        str(field.column): field.get_prep_value(field.pre_save(registration, True))
        for field in registration._meta.concrete_fields
    }
    return json.dumps(row, cls=DjangoJSONEncoder)


def belonging(row: OfEvent, event: Event) -> OfEvent:
    row.event = event
    return row


def invitation_from(columns: dict[str, object]) -> Invitation:
    """The invitation from its row as JSON: the public role cannot read the table."""
    fields = [field for field in Invitation._meta.concrete_fields if field.name not in OURS]
    values = [field.to_python(columns[str(field.column)]) for field in fields]
    return Invitation.from_db(connection.alias, [field.attname for field in fields], values)
