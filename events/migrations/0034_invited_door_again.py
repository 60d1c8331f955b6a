import importlib

from django.db import migrations

# The door sets what was added to registrations since.
invited = importlib.import_module('events.migrations.0031_invited_door')


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0033_self_service_door'),
    ]

    operations = [migrations.RunPython(invited.open_door, migrations.RunPython.noop)]
