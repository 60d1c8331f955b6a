from django.db import migrations

from events.door import sql

SIGNATURES = ["view(text)", "confirm(text)", "cancel(text)", "answer(text, jsonb)", "offer(text, boolean)"]
HELPERS = ["settle(public.events_registration)", "give_up(public.events_registration)"]
COUNT = "count(public.events_registration, integer)"


def replace(apps, schema_editor):
    """The view tells more than it did: a function's columns can only change by making it anew."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("drop function if exists public.door_view(text)")
        sql.install(schema_editor)


def brick_up(apps, schema_editor):
    """The functions that were there before count in columns that go."""
    if schema_editor.connection.vendor == "postgresql":
        doors = [f"door_{signature}" for signature in SIGNATURES]
        for function in [*doors, *(f"seats_{signature}" for signature in [*HELPERS, COUNT])]:
            schema_editor.execute(f"drop function if exists public.{function}")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0014_seats_add_up'),
    ]

    operations = [migrations.RunPython(replace, brick_up)]
