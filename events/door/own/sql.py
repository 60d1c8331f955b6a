"""The same on PostgreSQL: functions that run as their owner, so that the public role needs no table."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

from events.door.sql import call, outcome, row_of
from events.models import Event
from events.services.swapping import colleagues_row

from .answers import Listed, Mail, Outcome, Own, Participant, Swap

FUNCTIONS = Path(__file__).with_name("functions.sql")


def mailbox(h: str) -> list[Listed]:
    with connection.cursor() as cursor:
        cursor.execute("select * from public.door_mailbox(%s)", [h])
        return [Listed._make([*told, row_of(Event, json.loads(event))]) for *told, event in cursor.fetchall()]


def own(h: str) -> Own | None:
    row = call("select * from public.door_own(%s)", h)
    if row is None:
        return None
    *told, swap, mails = row
    offered = json.loads(swap) if swap else None
    until = offered and offered["until"] and datetime.fromisoformat(offered["until"])
    open_swap = Swap(offered["name"], offered["email"], until, offered["status"]) if offered else None
    sent = [Mail(mail["subject"], datetime.fromisoformat(mail["at"])) for mail in json.loads(mails)]
    return Own._make([*told, open_swap, sent])


def choose_mode(h: str, mode: str, waits: bool) -> Outcome | None:
    return outcome(call("select * from public.door_mode(%s, %s, %s)", h, mode, waits))


def show(h: str, how: str) -> Outcome | None:
    return outcome(call("select * from public.door_show(%s, %s)", h, how))


def participants(h: str) -> list[Participant] | None:
    with connection.cursor() as cursor:
        cursor.execute("select * from public.door_participants(%s)", [h])
        rows = [Participant._make(row) for row in cursor.fetchall()]
    return [row for row in rows if any(row)] if rows else None


def swap(h: str, colleague: Mapping[str, str]) -> Outcome | None:
    row = json.dumps(colleagues_row(colleague), cls=DjangoJSONEncoder)
    return outcome(call("select * from public.door_swap(%s, %s::jsonb)", h, row))


def end_swap(h: str) -> Outcome | None:
    return outcome(call("select * from public.door_swap_end(%s)", h))


def take_over(h: str, accept: bool) -> Outcome | None:
    return outcome(call("select * from public.door_take_over(%s, %s)", h, accept))
