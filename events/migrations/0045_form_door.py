from django.db import migrations

from events.door import sql
from events.door.form.sql import FUNCTIONS


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor, FUNCTIONS)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("drop function if exists public.door_form(text)")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0044_form_links'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
