from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0041_accepting_says_that_one_comes'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='whole_days',
            field=models.BooleanField(default=False, verbose_name='it lasts whole days'),
        ),
    ]
