"""From now on the database writes the index; first for the entries there are."""

from django.db import migrations

from outreach.audit import index


def install(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    index.fill(vendor, schema_editor.execute)
    index.install(vendor, schema_editor.execute)


def remove(apps, schema_editor):
    index.remove(schema_editor.connection.vendor, schema_editor.execute)
    schema_editor.execute("DELETE FROM audit_seen")


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_who_the_trail_names")]

    operations = [migrations.RunPython(install, remove)]
