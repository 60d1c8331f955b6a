"""The functions of PostgreSQL as they stand; those that once took other arguments go."""

from django.db import migrations

from contacts.finding.index import FUNCTIONS

TAKE_NO_DAY = (
    "finding_seen(text)",
    "finding_contacts(text, text, text[], text, text[], text[], integer, integer, uuid)",
    "finding_all(text, text, text, text[], text[], uuid)",
    "finding_dialogues(text[], text[], bigint[], integer, uuid)",
    "finding_dialogues(text, bigint[], integer, uuid)",
)


def renew(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for former in TAKE_NO_DAY:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS public.{former}")
    schema_editor.execute(FUNCTIONS.read_text(), params=None)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0025_index_lists_in_their_order")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
