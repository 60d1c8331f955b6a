import importlib

from django.db import migrations

from events.door import sql
from events.door.invited.sql import FUNCTIONS as INVITED
from events.door.own.sql import FUNCTIONS

# The older functions let one correct the name too; the newest version of them all is made anew.
seats = importlib.import_module('events.migrations.0015_seats_door')
REGISTRATION = "public.events_registration"
DOORS = [
    "door_mailbox(text)",
    "door_own(text)",
    "door_mode(text, text, boolean)",
    "door_show(text, text)",
    "door_participants(text)",
    "door_swap(text, jsonb)",
    "door_swap_end(text)",
    "door_take_over(text, boolean)",
    f"seats_move({REGISTRATION}, text, text)",
    f"seats_fit({REGISTRATION}, text)",
    f"seats_twice({REGISTRATION}, text)",
    f"seats_blank({REGISTRATION}, {REGISTRATION})",
    f"seats_no_swap({REGISTRATION}, {REGISTRATION})",
    f"seats_hand_over({REGISTRATION}, {REGISTRATION}, boolean, boolean)",
]


def open_door(apps, schema_editor):
    seats.replace(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor, INVITED)  # a row of theirs holds nothing of ours
        sql.install(schema_editor, FUNCTIONS)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for function in DOORS:
            schema_editor.execute(f"drop function if exists public.{function}")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0032_self_service'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
