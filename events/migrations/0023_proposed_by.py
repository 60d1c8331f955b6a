from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0022_answers_door'),
    ]

    operations = [
        migrations.AddField(
            model_name='registration',
            name='proposed_by',
            field=models.CharField(blank=True, max_length=120, verbose_name='proposed by'),
        ),
    ]
