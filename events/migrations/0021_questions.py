import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0020_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('kind', models.CharField(choices=[('text', 'Text'), ('choice', 'Choose one'), ('several', 'Choose several'), ('yes_no', 'Yes or no'), ('number', 'Number')], default='text', max_length=10, verbose_name='kind of answer')),
                ('label', models.CharField(max_length=200, verbose_name='question')),
                ('help', models.CharField(blank=True, max_length=300, verbose_name='help')),
                ('choices', models.TextField(blank=True, max_length=2000, verbose_name='answers to choose from')),
                ('required', models.BooleanField(default=False, verbose_name='must be answered')),
                ('keep_days', models.PositiveSmallIntegerField(choices=[(14, '14 days after the event'), (30, '30 days after the event'), (90, '90 days after the event'), (183, '6 months after the event')], default=14, verbose_name='answers are deleted')),
                ('retired_at', models.DateTimeField(editable=False, null=True)),
                ('emptied_at', models.DateTimeField(editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='events.event')),
            ],
            options={
                'ordering': ['order', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['choice', 'several']), _negated=True) | models.Q(('choices', ''), _negated=True), name='question_has_choices', violation_error_message='Write the answers to choose from, one on each line.'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('keep_days__in', [14, 30, 90, 183])), name='question_is_kept_for_a_while'),
        ),
        migrations.AddField(
            model_name='registration',
            name='sector',
            field=models.CharField(blank=True, choices=[('school', 'School or education'), ('daycare', 'Day care or leisure club'), ('social', 'Social services'), ('health', 'Health care or psychiatry'), ('jobs', 'Job centre or integration'), ('housing', 'Social housing'), ('police', 'Police, prisons or probation'), ('civil', 'Association or volunteer work'), ('other', 'Another sector')], max_length=20, verbose_name='sector'),
        ),
        migrations.AddField(
            model_name='registration',
            name='answers',
            field=models.JSONField(blank=True, default=dict, verbose_name='answers'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length(django.db.models.functions.comparison.Cast('answers', models.TextField())), 125000), name='answers_are_of_a_size'),
        ),
    ]
