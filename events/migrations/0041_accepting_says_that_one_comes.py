from django.db import migrations

from events.door import sql


def open_door(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        sql.install(schema_editor)


def brick_up(apps, schema_editor):
    """The functions stay as they are: no older text of theirs is kept."""


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0040_swapped_is_passed_on'),
    ]

    operations = [migrations.RunPython(open_door, brick_up)]
