"""The newest dialogues with somebody are read in the order of an index on who took part (0040)."""

from django.db import migrations

from contacts import days_of_talks


def install(apps, schema_editor):
    days_of_talks.install(schema_editor.connection, schema_editor.execute)


def remove(apps, schema_editor):
    days_of_talks.remove(schema_editor.connection, schema_editor.execute)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0037_keep_search_indexes_tidy")]
    operations = [migrations.RunPython(install, remove)]
