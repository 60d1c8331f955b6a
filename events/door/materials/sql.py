"""The files behind a personal link, on PostgreSQL: one function that runs as its owner."""

import json
from pathlib import Path

from django.db import connection

from events.door.sql import row_of
from events.models import Material

FUNCTIONS = Path(__file__).with_name("functions.sql")


def behind(h: str) -> list[Material]:
    with connection.cursor() as cursor:
        cursor.execute("select * from public.door_materials(%s)", [h])
        return [row_of(Material, json.loads(columns)) for (columns,) in cursor.fetchall()]
