"""Searches of PostgreSQL go through a short list of what an index has not put in its place, instead of 4 MB (20 ms)."""

from django.db import migrations

from contacts.finding.index import PostgreSQL


def tidy(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in PostgreSQL.TIDY:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0036_count_changes_of_refusals")]
    operations = [migrations.RunPython(tidy, migrations.RunPython.noop)]
