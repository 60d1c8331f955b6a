from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0038_replies'),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='greeting',
            field=models.TextField(blank=True, max_length=1000, verbose_name='your words to them'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='reminding',
            field=models.TextField(blank=True, max_length=1000, verbose_name='your words in the reminder'),
        ),
    ]
