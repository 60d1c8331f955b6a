from django.db import migrations

from outreach.sealing import migrating


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0046_needs_are_sealed'),
    ]

    atomic = False  # each batch is kept: what is sealed already is passed over when it runs again

    operations = [
        migrations.RunPython(
            migrating.seal_column('events', 'Registration', 'needs'),
            migrating.open_column('events', 'Registration', 'needs'),
        )
    ]
