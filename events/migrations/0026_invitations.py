"""Whom an officer asks to come, and the lookup of their links."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0025_agenda'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('email_key', models.CharField(editable=False, max_length=254)),
                ('language', models.CharField(choices=[('da', 'Danish'), ('en', 'English')], default='da', max_length=5, verbose_name='language')),
                ('uses', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='seats')),
                ('status', models.CharField(choices=[('prepared', 'Not sent yet'), ('sent', 'No answer yet'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('named', 'Named somebody else'), ('withdrawn', 'Withdrawn')], default='prepared', max_length=10, verbose_name='status')),
                ('hands', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('words', models.TextField(blank=True, max_length=500, verbose_name='their words')),
                ('named_name', models.CharField(blank=True, editable=False, max_length=120)),
                ('named_email', models.EmailField(blank=True, editable=False, max_length=254)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('reminded_at', models.DateTimeField(editable=False, null=True)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='events.event')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('named_by', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='successor', to='events.invitation')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['created_at', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='registration',
            name='invitation',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='registrations', to='events.invitation'),
        ),
        migrations.CreateModel(
            name='InvitationToken',
            fields=[
                ('hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('purpose', models.CharField(choices=[('invited', 'Answer an invitation')], max_length=10)),
                ('nonce', models.CharField(max_length=32)),
                ('expires_at', models.DateTimeField()),
                ('invitation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to='events.invitation')),
            ],
        ),
        migrations.AddIndex(
            model_name='invitation',
            index=models.Index(models.F('event'), models.F('status'), name='invitation_of_event'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(fields=('event', 'email_key'), name='address_is_invited_once', violation_error_message='This address is invited already.'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('uses', None), models.Q(('uses__gte', 1), ('uses__lte', 50)), _connector='OR'), name='link_is_for_some'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('hands__lte', 2)), name='invitation_is_handed_on_twice_at_most'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['prepared', 'withdrawn']), ('sent_at__isnull', False), _connector='OR'), name='told_invitation_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status__in', ['accepted', 'declined', 'named']), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='answered_invitation_has_its_time'),
        ),
        migrations.AddConstraint(
            model_name='invitationtoken',
            constraint=models.UniqueConstraint(fields=('invitation', 'purpose'), name='one_invitation_link_per_purpose'),
        ),
    ]
