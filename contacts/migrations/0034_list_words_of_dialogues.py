"""The words of all dialogues, by what they may be mistyped as; and the functions of PostgreSQL as they stand."""

from django.db import migrations

from contacts.finding import near_words
from contacts.finding.index import BACKENDS, DIALOGUES, FUNCTIONS

TAKES_NO_SLIPS = "finding_dialogues(text[], text[], bigint[], integer, uuid, date)"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        words = near_words.PostgreSQL()
        renewed = [f"DROP FUNCTION IF EXISTS public.{TAKES_NO_SLIPS}", FUNCTIONS.read_text()]
        statements = [*words.install(), *words.fill(), *renewed]
    else:
        words = near_words.SQLite()
        statements = [words.TABLE, *words.fill(), *_triggers_anew()]
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _triggers_anew():
    for name, event in BACKENDS["sqlite"].triggers().items():
        if name.startswith(DIALOGUES):
            yield from (f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} {event}")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0033_refold_letters_of_other_languages")]
    operations = [migrations.RunPython(create, migrations.RunPython.noop)]
