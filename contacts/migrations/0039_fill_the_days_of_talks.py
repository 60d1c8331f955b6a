"""The days beside who took part in the dialogues that were there before (0038)."""

from django.db import migrations

from contacts.days_of_talks import FILL, SIDES


def fill(apps, schema_editor):
    for side in SIDES:
        schema_editor.execute(FILL.format(side=side))


class Migration(migrations.Migration):
    dependencies = [("contacts", "0038_keep_the_day_beside_who_took_part")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
