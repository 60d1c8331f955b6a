"""Of two who note that a contact wants a channel no more, or lift it, the later is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0035_call_it_a_website")]

    operations = [
        migrations.AddField("refusal", "version", models.PositiveIntegerField(default=1, editable=False)),
    ]
