from django.db import migrations

from events.door import sql
from events.door.invited.sql import FUNCTIONS

DOORS = ["view(text)", "accept(text, jsonb)", "propose(text, jsonb)", "decline(text, text)", "name(text, text, text)"]
HELPERS = ["row(public.events_invitation, jsonb)", "standing(public.events_invitation)",
           "refusal(public.events_invitation)", "by_link(text)",
           "before(text, public.events_registration, text)"]


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor, FUNCTIONS)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        names = [f"door_invited_{signature}" for signature in DOORS]
        for function in [*names, *(f"invited_{signature}" for signature in HELPERS)]:
            schema_editor.execute(f"drop function if exists public.{function}")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0030_mails_door'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
