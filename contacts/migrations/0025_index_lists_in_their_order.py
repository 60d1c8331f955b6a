from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0024_access_lasts_a_year")]
    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["talk_by", "name", "id"], name="organisation_by_rhythm"),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(fields=["last_dialogue_on", "name", "id"], name="organisation_by_last_talk"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["talk_by", "name", "id"], name="person_by_rhythm"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["last_dialogue_on", "name", "id"], name="person_by_last_talk"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(
                fields=["municipality", "name", "id", "owner", "restricted", "status"], name="person_of_place"
            ),
        ),
    ]
