"""Roles are found under any spelling; a mail, or being at the same event, is no longer taken for a talk."""

from datetime import timedelta

from django.db import migrations
from django.db.models import Max, Q

from outreach.places.folding import fold

BATCH = 1000
TALKS = ["meeting", "visit", "call"]


def fold_roles(apps, schema_editor):
    affiliations = apps.get_model("contacts", "Affiliation").objects
    for role in affiliations.order_by().values_list("role", flat=True).distinct():
        affiliations.filter(role=role).update(role_key=fold(role)[:120])


def count_talks(apps, schema_editor):
    """As ``DialogueQuerySet.talks`` does."""
    _hold_rhythms(apps, Q(dialogues__counts=True) | Q(dialogues__counts=None, dialogues__kind__in=TALKS))


def count_everything(apps, schema_editor):
    _hold_rhythms(apps, Q())


def _hold_rhythms(apps, counted):
    """Of everybody who took part in a dialogue that was no talk."""
    for name in ("Person", "Organisation"):
        contacts = apps.get_model("contacts", name).objects
        touched = contacts.filter(dialogues__in=apps.get_model("contacts", "Dialogue").objects.exclude(kind__in=TALKS))
        keys = list(touched.order_by("pk").values_list("pk", flat=True).distinct())
        for start in range(0, len(keys), BATCH):
            of_batch = contacts.filter(pk__in=keys[start : start + BATCH])
            last = Max("dialogues__date", filter=counted)
            batch = list(of_batch.annotate(last=last).only("pk", "rhythm_weeks", "last_dialogue_on", "talk_by"))
            for contact in batch:
                contact.last_dialogue_on = contact.last
                agreed = contact.last and contact.rhythm_weeks
                contact.talk_by = contact.last + timedelta(weeks=contact.rhythm_weeks) if agreed else None
            contacts.bulk_update(batch, ["last_dialogue_on", "talk_by"])


class Migration(migrations.Migration):
    dependencies = [("contacts", "0007_first_kinds_of_relationships")]

    operations = [
        migrations.RunPython(fold_roles, migrations.RunPython.noop),
        migrations.RunPython(count_talks, count_everything),
    ]
