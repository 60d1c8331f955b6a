from django.db import migrations

from events.door import sql


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        # The functions made here are those of the newest version, whose view may tell more.
        schema_editor.execute("drop function if exists public.door_view(text)")
        sql.install(schema_editor)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("drop function if exists public.door_come(text, boolean)")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0018_ask_who_comes'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
