"""Titles and the keys of registrations as the folding makes them now: đ, ł and ħ, digits of other scripts."""

from django.db import IntegrityError, migrations, transaction

from outreach.places.folding import fold

FOREIGN = "[^ -~]"  # what the former folding left as it was


def refold(apps, schema_editor):
    for event in apps.get_model("events", "Event").objects.filter(title_key__regex=FOREIGN).only("title"):
        event.title_key = fold(event.title)[:300]
        event.save(update_fields=["title_key"])
    for one in apps.get_model("events", "Registration").objects.filter(folded_key__regex=FOREIGN):
        one.folded_key = f"{fold(one.name)[:140]}|{one.email.strip().casefold()}"
        try:
            with transaction.atomic():
                one.save(update_fields=["folded_key"])
        except IntegrityError:  # the same person registered twice under two spellings: both keep their seats
            continue


class Migration(migrations.Migration):
    dependencies = [("events", "0008_corrections")]
    operations = [migrations.RunPython(refold, migrations.RunPython.noop)]
