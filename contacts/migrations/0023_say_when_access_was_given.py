"""Access was given on the day it was written down, or later where it was given again; none lasts over a year from now."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

A_YEAR = timedelta(days=366)


def say_when(apps, schema_editor):
    today = timezone.localdate()
    for grant in apps.get_model("contacts", "ContactGrant").objects.order_by("pk").iterator():
        grant.until = min(grant.until, today + A_YEAR)
        grant.given_on = max(timezone.localdate(grant.created_at), grant.until - A_YEAR)
        grant.save(update_fields=["given_on", "until"])


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0022_count_changes'),
    ]

    operations = [
        migrations.RunPython(say_when, migrations.RunPython.noop),
    ]
