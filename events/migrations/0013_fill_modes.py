from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    events = apps.get_model("events", "Event").objects
    events.filter(online=True).update(attendance="both")
    events.filter(online=True, venue_name="").update(attendance="online")
    online = events.filter(attendance="online")
    apps.get_model("events", "Registration").objects.filter(event__in=online).update(mode="online")
    counters = apps.get_model("events", "SeatCounter").objects
    counters.filter(event__in=online).update(online_taken=F("taken"), online_waiting=F("waiting"))
    counters.exclude(event__in=online).update(in_person_taken=F("taken"), in_person_waiting=F("waiting"))


def empty(apps, schema_editor):
    events = apps.get_model("events", "Event").objects
    events.exclude(attendance="in_person").update(online=True)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0012_modes_and_held_seats'),
    ]

    operations = [migrations.RunPython(fill, empty)]
