"""The door to the mails of an address on PostgreSQL: three functions that run as their owner."""

import json
from pathlib import Path

from events.door.sql import call

from .answers import View

FUNCTIONS = Path(__file__).with_name("functions.sql")


def view(h: str) -> View | None:
    row = call("select * from public.door_mails(%s)", h)
    return View(row[0], row[1], json.loads(row[2])) if row else None


def choose(h: str, unwanted: list[str]) -> bool:
    return call("select * from public.door_choose_mails(%s, %s)", h, unwanted) is not None


def stop(h: str, group: str) -> bool:
    return call("select * from public.door_stop_mails(%s, %s)", h, group) is not None
