from django.db import migrations

from content.door import sql

SIGNATURES = ["view(text)", "confirm(text)", "object(text, text)"]


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for signature in SIGNATURES:
            schema_editor.execute(f"drop function if exists public.upkeep_{signature}")


class Migration(migrations.Migration):

    dependencies = [
        ('content', '0014_owners_are_asked'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
