from django.db import migrations

import outreach.sealing.fields
from events.door import sql
from events.door.invited.sql import FUNCTIONS as INVITED


def open_door(apps, schema_editor):
    """The door cuts no seal short, and gives the row no other key than it was sealed for."""
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor)
        sql.install(schema_editor, INVITED)


def brick_up(apps, schema_editor):
    """The functions stay as they are: no older text of theirs is kept."""


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0047_seal_needs'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='registration',
            constraint=outreach.sealing.fields.OnlySealed(field='needs', longest=3000, name='needs_are_sealed'),
        ),
        migrations.RunPython(open_door, brick_up),
    ]
