"""A contact that rests has no day to talk by; it gets one again when it is active, as the rhythm says."""

from datetime import timedelta

from django.db import migrations


def stop(apps, schema_editor):
    for name in ("Person", "Organisation"):
        apps.get_model("contacts", name).objects.filter(status="resting").update(talk_by=None)


def go_on(apps, schema_editor):
    for name in ("Person", "Organisation"):
        resting = apps.get_model("contacts", name).objects.filter(status="resting")
        for row in resting.exclude(rhythm_weeks=None).exclude(last_dialogue_on=None).iterator():
            row.talk_by = row.last_dialogue_on + timedelta(weeks=row.rhythm_weeks)
            row.save(update_fields=["talk_by"])


class Migration(migrations.Migration):
    dependencies = [("contacts", "0030_bind_notes_to_their_team")]

    operations = [migrations.RunPython(stop, go_on)]
