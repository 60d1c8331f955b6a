"""From now on the database links each entry to the one before it; first those there are."""

from django.db import migrations

from outreach.audit import chain


def install(apps, schema_editor):
    chain.chain_those_there_are(apps.get_model("audit", "Entry").objects, apps.get_model("audit", "Link"))
    chain.install(schema_editor.connection.vendor, schema_editor.execute)


def remove(apps, schema_editor):
    chain.remove(schema_editor.connection.vendor, schema_editor.execute)
    schema_editor.execute("DELETE FROM audit_link")


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_links")]

    operations = [migrations.RunPython(install, remove)]
