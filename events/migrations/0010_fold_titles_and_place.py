from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0009_refold_letters_of_other_languages")]
    operations = [
        migrations.AlterField("event", "title_key", models.TextField(default="", editable=False)),
    ]
