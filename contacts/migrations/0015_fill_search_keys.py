"""The keys of contacts and dialogues that were there before (0014), a thousand at a time."""

from django.db import migrations

from contacts.finding.words import lookup_key, search_key
from outreach.places.folding import fold

BATCH = 1000


def fill(apps, schema_editor):
    for label in ("Person", "Organisation"):
        model = apps.get_model("contacts", label)
        _save_in_batches(model, _whole(model), _found, ["search_key", "lookup_key"])
    dialogue = apps.get_model("contacts", "Dialogue")
    _save_in_batches(dialogue, dialogue.objects.only("summary", "place"), _said, ["search_key"])


def _whole(model):
    return model.objects.select_related("municipality").prefetch_related("other_names", "points", "addresses")


def _found(contact):
    names = [contact.name, *(other.name for other in contact.other_names.all())]
    place = contact.municipality.name if contact.municipality else ""
    texts = [contact.email, contact.phone, place, getattr(contact, "company_number", "")]
    texts += [point.value for point in contact.points.all()]
    texts += [text for address in contact.addresses.all() for text in (address.street, address.town)]
    contact.search_key = search_key(dict.fromkeys([*names, *texts]))
    contact.lookup_key = lookup_key(names, texts, contact.municipality_id)


def _said(dialogue):
    dialogue.search_key = fold(f"{dialogue.summary} {dialogue.place}")


def _save_in_batches(model, rows, derive, fields):
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        derive(row)
        batch.append(row)
        if len(batch) == BATCH:
            model.objects.bulk_update(batch, fields)
            batch = []
    model.objects.bulk_update(batch, fields)


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0014_search_keys'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
