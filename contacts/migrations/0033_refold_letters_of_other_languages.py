"""Keys as the folding and the sounds make them now: đ, ł and ħ, digits of other scripts, articles within a name.

Only rows that may hold such a letter are made anew; a thousand at a time.
"""

from django.db import migrations

from contacts.finding.words import lookup_key, search_key
from outreach.places.folding import fold

BATCH = 1000
FOREIGN = "[^ -~]"  # what the former folding left as it was
HEARD_ANEW = "dj|sch|qu|xh|(^| )(ou|ci|c?abd|al |el |ul |ad |ed |ar |er |as |es |ash |at |az |an |ur |ud |us )"


def refold(apps, schema_editor):
    for label in ("Person", "Organisation"):
        found = apps.get_model("contacts", label).objects.filter(search_key__regex=f"{FOREIGN}|{HEARD_ANEW}")
        whole = found.select_related("municipality").prefetch_related("other_names", "points", "addresses")
        _save_in_batches(whole, _found, ["name_key", "search_key", "lookup_key"])
    dialogues = apps.get_model("contacts", "Dialogue").objects.filter(search_key__regex=FOREIGN)
    _save_in_batches(dialogues.only("summary", "place"), _said, ["search_key"])
    roles = apps.get_model("contacts", "Affiliation").objects.order_by().filter(role_key__regex=FOREIGN)
    for role in roles.values_list("role", flat=True).distinct():
        roles.filter(role=role).update(role_key=fold(role)[:120])


def _found(contact):
    names = [contact.name, *(other.name for other in contact.other_names.all())]
    place = contact.municipality.name if contact.municipality else ""
    texts = [contact.email, contact.phone, place, getattr(contact, "company_number", "")]
    texts += [point.value for point in contact.points.all()]
    texts += [text for address in contact.addresses.all() for text in (address.street, address.town)]
    contact.name_key = fold(contact.name)[:140]
    contact.search_key = search_key(dict.fromkeys([*names, *texts]))
    contact.lookup_key = lookup_key(names, texts, contact.municipality_id)


def _said(dialogue):
    dialogue.search_key = fold(f"{dialogue.summary} {dialogue.place}")


def _save_in_batches(rows, derive, fields):
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = list(rows.filter(pk__in=keys[start : start + BATCH]))
        for row in batch:
            derive(row)
        rows.model.objects.bulk_update(batch, fields, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("contacts", "0032_see_circles_as_the_reader_does")]
    operations = [migrations.RunPython(refold, migrations.RunPython.noop)]
