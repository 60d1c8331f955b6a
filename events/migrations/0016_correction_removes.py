"""A registrant may ask for a field to be emptied."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0015_seats_door")]

    operations = [
        migrations.AddField(
            "correction",
            "removes",
            models.CharField(blank=True, default="", max_length=60, verbose_name="what is to be removed"),
            preserve_default=False,
        ),
    ]
