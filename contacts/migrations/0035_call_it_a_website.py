from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0034_list_words_of_dialogues")]
    operations = [
        migrations.AlterField(
            model_name="organisation",
            name="website",
            field=models.URLField(blank=True, verbose_name="website"),
        ),
    ]
