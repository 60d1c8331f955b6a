"""What follows from a second factor being added."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.dispatch import receiver


@receiver(authenticator_added)
def the_first_code_counts(request, user, authenticator, **signal) -> None:
    """Whoever has just typed a code of the new app has shown it: do not ask for the next code at once."""
    if authenticator.type == Authenticator.Type.TOTP:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
