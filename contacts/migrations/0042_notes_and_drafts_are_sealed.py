from django.db import migrations

from outreach.sealing.fields import SealedJSONField, SealedTextField

NOTE = {'register': 'restricted_notes', 'kind': 'contacts.dialogue.note', 'blank': True}


class Migration(migrations.Migration):
    """The columns of notes stay as they are: only what stands in them becomes another thing, in the next step."""

    dependencies = [
        ('contacts', '0041_events_have_topics_and_an_initiative'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='dialogue',
                    name='note',
                    field=SealedTextField(**NOTE, max_length=4000, verbose_name='internal note'),
                ),
                migrations.AlterField(
                    model_name='dialoguerevision',
                    name='note',
                    field=SealedTextField(**NOTE, bound_to=('dialogue_id',)),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='draft',
            name='data',
            field=SealedJSONField(register='restricted_notes', bound_to=('user_id', 'form', 'key')),
        ),
    ]
