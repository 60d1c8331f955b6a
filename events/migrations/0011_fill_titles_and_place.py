"""Events are found by both their titles and by where they are."""

from django.db import migrations

from outreach.places.folding import fold


def fold_titles_and_place(apps, schema_editor):
    for event in apps.get_model("events", "Event").objects.select_related("municipality").iterator(chunk_size=1000):
        place = event.municipality.name if event.municipality else ""
        texts = [event.title, event.public_title, event.venue_name, event.venue_address, place]
        event.title_key = fold(" ".join(dict.fromkeys(texts)))
        event.save(update_fields=["title_key"])


def fold_title(apps, schema_editor):
    for event in apps.get_model("events", "Event").objects.only("title").iterator(chunk_size=1000):
        event.title_key = fold(event.title)[:300]
        event.save(update_fields=["title_key"])


class Migration(migrations.Migration):
    dependencies = [("events", "0010_fold_titles_and_place")]
    operations = [migrations.RunPython(fold_titles_and_place, fold_title)]
