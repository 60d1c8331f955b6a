"""Who signed in stands in the trail, who did not get in, and what was changed about the way in."""

from allauth.account.signals import password_changed, password_reset, user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset, authenticator_used
from django.contrib.auth import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from outreach.audit.trail import record

from .models import User


def note_failure(request: HttpRequest, user: User | None, what: str) -> None:
    """That ``what`` was not right. Who it was nobody knows; whose account it was meant for we say if there is one."""
    record("refuse", user or "accounts.User", actor=None, reason=f"sign-in: {what}", request_id=_id(request))


@receiver(user_logged_in)
def note_sign_in(request, user, **signal) -> None:
    """Sent once every stage is passed: with a second factor enrolled, after the code."""
    record("sign_in", user, actor=user, request_id=_id(request))


@receiver(user_logged_out)
def note_sign_out(request, user, **signal) -> None:
    if user is not None:
        record("change", user, actor=user, reason="sessions ended: signed out", request_id=_id(request))


@receiver(authenticator_used)
def note_proof(request, user, authenticator, reauthenticated=False, **signal) -> None:
    """That a colleague showed once more who they are, before something that matters."""
    if reauthenticated:
        record("sign_in", user, actor=user, reason=f"shown again: {authenticator.type}", request_id=_id(request))


@receiver([password_changed, password_reset])
def note_password(request, user, **signal) -> None:
    record("change", user, actor=user, reason="password changed", request_id=_id(request))


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def note_factor(request, user, authenticator: Authenticator, signal, **more) -> None:
    done = {authenticator_added: "added", authenticator_removed: "removed"}.get(signal, "made anew")
    record("change", user, actor=user, reason=f"{authenticator.type} {done}", request_id=_id(request))


def _id(request: HttpRequest) -> str:
    return getattr(request, "request_id", "")
