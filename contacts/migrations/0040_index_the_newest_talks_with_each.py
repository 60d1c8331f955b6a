from django.db import migrations

from contacts.days_of_talks import SIDES, index_on


def create(apps, schema_editor):
    for side in SIDES:
        schema_editor.execute(index_on(side))


def drop(apps, schema_editor):
    for side in SIDES:
        schema_editor.execute(f"DROP INDEX {side}_newest")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0039_fill_the_days_of_talks")]
    operations = [migrations.RunPython(create, drop)]
