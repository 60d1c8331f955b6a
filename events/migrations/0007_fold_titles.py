"""The folded titles of events that were there before (0006)."""

from django.db import migrations

from outreach.places.folding import fold


def fold_titles(apps, schema_editor):
    events = apps.get_model("events", "Event").objects
    batch = []
    for event in events.only("title").iterator(chunk_size=1000):
        event.title_key = fold(event.title)[:300]
        batch.append(event)
        if len(batch) == 1000:
            events.bulk_update(batch, ["title_key"])
            batch = []
    events.bulk_update(batch, ["title_key"])


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0006_folded_titles'),
    ]

    operations = [migrations.RunPython(fold_titles, migrations.RunPython.noop, elidable=True)]
