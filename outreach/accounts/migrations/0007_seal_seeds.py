from django.apps import apps as installed
from django.db import migrations

from outreach.sealing.seals import is_sealed


def walk(apps, change):
    from outreach.accounts.seeds import change_each  # the public face installs no second factor

    for _count in change_each(apps.get_model('mfa', 'Authenticator'), change):
        pass


def seal(apps, schema_editor):
    from outreach.accounts.seeds import sealed

    walk(apps, lambda text: None if is_sealed(text) else sealed(text))


def unseal(apps, schema_editor):
    """What does not open stops it: it would be lost."""
    from outreach.accounts.seeds import opened

    walk(apps, lambda text: opened(text) if is_sealed(text) else None)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_event_hosts_and_helpers'),
    ]
    if installed.is_installed('allauth.mfa'):
        dependencies.append(('mfa', '0003_authenticator_type_uniq'))

    operations = [migrations.RunPython(seal, unseal)] if installed.is_installed('allauth.mfa') else []
