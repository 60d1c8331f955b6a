from django.db import migrations

from contacts.finding import index


def _plainly(schema_editor):
    """Without parameters a % in a statement is a %."""
    return lambda statement: schema_editor.execute(statement, params=None)


def create(apps, schema_editor):
    index.install(schema_editor.connection, _plainly(schema_editor))


def drop(apps, schema_editor):
    index.remove(schema_editor.connection, _plainly(schema_editor))


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0015_fill_search_keys'),
    ]

    operations = [migrations.RunPython(create, drop)]
