"""The mails about registrations that were written before say which event they belong to."""

from django.db import migrations

BATCH = 1000


def fill(apps, schema_editor):
    mails = apps.get_model("mail", "OutboxMessage").objects
    registrations = apps.get_model("events", "Registration").objects
    about = mails.filter(about_label="events.Registration", part_of="").order_by("pk")
    batch = list(about[:BATCH])
    while batch:
        keys = registrations.filter(pk__in={mail.about_pk for mail in batch}).values_list("pk", "event_id")
        events = {str(registration): str(event) for registration, event in keys}
        for mail in batch:
            mail.part_of = events.get(mail.about_pk, "")
        mails.bulk_update(batch, ["part_of"])
        batch = list(about.filter(pk__gt=batch[-1].pk)[:BATCH])


class Migration(migrations.Migration):
    dependencies = [("events", "0027_mails_again"), ("mail", "0002_part_of_and_wordings")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
