"""The programme of an event, line by line."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0024_proposed_door")]

    operations = [
        migrations.CreateModel(
            "AgendaItem",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "day",
                    models.PositiveSmallIntegerField(
                        default=1, validators=[django.core.validators.MinValueValidator(1)], verbose_name="day"
                    ),
                ),
                ("at", models.TimeField(verbose_name="begins")),
                ("title", models.CharField(max_length=200, verbose_name="what happens")),
                ("speakers", models.CharField(blank=True, max_length=200, verbose_name="who speaks")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda", to="events.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "line of the programme",
                "verbose_name_plural": "lines of the programme",
                "ordering": ["event", "day", "at", "pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("day__gte", 1)), name="agenda_counts_days_from_one")
                ],
            },
        ),
    ]
