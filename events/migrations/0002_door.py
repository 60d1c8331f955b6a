from django.db import migrations

from events.door import sql

SIGNATURES = ["view(text)", "confirm(text)", "cancel(text)", "answer(text, jsonb)", "offer(text, boolean)"]


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for signature in SIGNATURES:
            schema_editor.execute(f"drop function if exists public.door_{signature}")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0001_initial'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
