from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_search_by_trigram")]
    operations = [
        migrations.AlterModelOptions(
            name="dialogue",
            options={"ordering": ["-date", "-id"], "verbose_name": "dialogue", "verbose_name_plural": "dialogues"},
        ),
    ]
