"""Whom an event is for, in words one can filter by, and which languages are interpreted."""

from django.db import migrations, models

import events.models.audiences


class Migration(migrations.Migration):
    dependencies = [("events", "0016_correction_removes")]

    operations = [
        migrations.AddField(
            "event",
            "audiences",
            events.models.audiences.ForWhomField(blank=True, default=list, verbose_name="audiences"),
        ),
        migrations.AddField(
            "event",
            "interpreter",
            models.CharField(blank=True, default="", max_length=140, verbose_name="interpreting into"),
            preserve_default=False,
        ),
    ]
