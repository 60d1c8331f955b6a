from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0036_materials_door'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(models.F('email_key'), name='invitation_address'),
        ),
    ]
