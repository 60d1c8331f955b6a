from django.db import migrations

import outreach.sealing.fields


class Migration(migrations.Migration):
    """The column stays as it is: only what stands in it becomes another thing, in the next step."""

    dependencies = [
        ('events', '0045_form_door'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='registration',
                    name='needs',
                    field=outreach.sealing.fields.SealedTextField(
                        blank=True, max_length=500, register='special_needs', verbose_name='what you need'
                    ),
                ),
            ],
        ),
    ]
