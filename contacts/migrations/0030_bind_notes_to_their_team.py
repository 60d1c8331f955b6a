"""A note for the team of the one who wrote it is for the team its writer is in today: no other was ever noted."""

from django.db import migrations
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce


def bind(apps, schema_editor):
    members = apps.get_model("accounts", "User").teams.through.objects
    files = apps.get_model("contacts", "Attachment").objects.filter(dialogue=OuterRef("pk"), part="note")
    for name, wrote in (("Dialogue", Coalesce("note_by", "author")), ("DialogueRevision", Coalesce("note_by", "saved_by"))):
        rows = apps.get_model("contacts", name).objects.filter(note_readers="team", note_team=None)
        rows = rows.filter(~Q(note="") | Exists(files)) if name == "Dialogue" else rows
        teams = members.filter(user=OuterRef("wrote")).order_by("team__name").values("team")
        rows.annotate(wrote=wrote).update(note_team=Subquery(teams[:1]))


class Migration(migrations.Migration):
    dependencies = [("contacts", "0029_notes_are_for_a_team")]

    operations = [migrations.RunPython(bind, migrations.RunPython.noop)]
