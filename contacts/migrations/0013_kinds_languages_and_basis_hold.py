"""Every organisation has its kind from the tree, and nobody is kept without a source and a purpose."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('contacts', '0012_move_kinds_languages_and_channels')]

    operations = [
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='contacts.organisationkind', verbose_name='kind'),
        ),
        migrations.RemoveField(
            model_name='person',
            name='language',
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='person_has_source_and_purpose', violation_error_message='Write where we have the details from, and what we keep them for.'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('purpose', ''), _negated=True)), name='organisation_has_source_and_purpose', violation_error_message='Write where we have the details from, and what we keep them for.'),
        ),
        # Blank, so that going back finds something to fill in.
        migrations.AlterField('organisation', 'kind_key', models.CharField(blank=True, default='', max_length=30)),
        migrations.RemoveField(model_name='organisation', name='kind_key'),
    ]
