"""Who signed in stands in the trail."""

from allauth.account.signals import user_logged_in
from django.dispatch import receiver

from outreach.audit.trail import record


@receiver(user_logged_in)
def note_sign_in(request, user, **signal) -> None:
    """Sent once every stage is passed: with a second factor enrolled, after the code."""
    record("sign_in", user, actor=user, request_id=getattr(request, "request_id", ""))
