from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0027_index_whom_to_talk_with_first")]
    operations = [
        migrations.AddIndex(
            model_name="organisation",
            index=models.Index(
                condition=models.Q(("umbrella__isnull", False)),
                fields=["umbrella", "name", "id"],
                name="organisation_members",
            ),
        ),
    ]
