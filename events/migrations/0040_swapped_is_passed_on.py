import importlib

from django.db import migrations

from events.door import sql
from events.door.own.sql import FUNCTIONS

# Who has given the seat to a colleague gets no second one by the same invitation; both doors are made anew.
invited = importlib.import_module('events.migrations.0031_invited_door')


def open_door(apps, schema_editor):
    invited.open_door(apps, schema_editor)
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor, FUNCTIONS)


def brick_up(apps, schema_editor):
    """The functions stay as they are: no older text of theirs is kept."""


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0039_greeting_of_invitation'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
