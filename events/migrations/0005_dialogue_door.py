from django.db import migrations

from events.door import sql
from events.door.dialogue.sql import FUNCTIONS


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor, FUNCTIONS)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("view", "confirm", "withdraw"):
            schema_editor.execute(f"drop function if exists public.door_dialogue_{name}(text)")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0004_dialogue_requests'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
