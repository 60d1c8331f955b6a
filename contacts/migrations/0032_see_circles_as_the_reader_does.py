"""The function that looked up umbrellas through every row goes: it told of organisations that are hidden."""

from django.db import migrations


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION IF EXISTS public.sight_stands_under(uuid, uuid)")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0031_wait_for_nobody_who_rests")]
    operations = [migrations.RunPython(drop, migrations.RunPython.noop)]
