from django.db import migrations

from outreach.sealing.migrating import open_column, seal_column

COLUMNS = [('contacts', 'Dialogue', 'note'), ('contacts', 'DialogueRevision', 'note'), ('contacts', 'Draft', 'data')]


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0042_notes_and_drafts_are_sealed'),
    ]

    atomic = False  # each batch is kept: what is sealed already is passed over when it runs again

    operations = [migrations.RunPython(seal_column(*column), open_column(*column)) for column in COLUMNS]
