from django.db import migrations, models
import django.db.models.expressions


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0013_fill_modes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='event',
            name='online',
        ),
        migrations.AddConstraint(
            model_name='seatcounter',
            constraint=models.CheckConstraint(condition=models.Q(('taken', django.db.models.expressions.CombinedExpression(models.F('in_person_taken'), '+', models.F('online_taken'))), ('waiting', django.db.models.expressions.CombinedExpression(models.F('in_person_waiting'), '+', models.F('online_waiting')))), name='seats_add_up'),
        ),
    ]
