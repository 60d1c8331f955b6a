from django.db import migrations

from events.door import sql
from events.door.mails.sql import FUNCTIONS


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor, FUNCTIONS)


def brick_up(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("door_stop_mails(text, text)", "door_choose_mails(text, text[])", "door_mails(text)"):
            schema_editor.execute(f"drop function if exists public.{name}")


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0029_registration_address'),
        ('mail', '0003_choices_and_bounces'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
