"""Ending sessions: whoever uses one is out at the next request."""

from allauth.account.signals import password_changed, password_reset
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest

from outreach.audit.trail import record

from .models import Session, User
from .sessions import digest


def end_sessions_of(
    user: User, *, actor: User | None, reason: str, besides: str | None = None, request_id: str = ""
) -> int:
    """End every session of ``user``, also those half open, but the one whose key is ``besides``; how many.

    ``actor`` None: the system. What ended stands in the trail as one entry about ``user``.
    """
    rows = Session.objects.of(user)
    if besides:
        rows = rows.exclude(pk=digest(besides))
    ended, _tables = rows.delete()
    if ended:
        record("change", user, actor=actor, reason=f"sessions ended: {reason}", request_id=request_id)
    return ended


def end_session(row: Session, *, actor: User, request_id: str = "") -> None:
    """End one; its owner did so, or somebody who may."""
    row.delete()
    record("change", actor, actor=actor, reason="sessions ended: one", request_id=request_id)


@receiver(post_save, sender=User)
def end_with_the_account(instance: User, raw: bool = False, **signal: object) -> None:
    """An account that is closed leaves no session behind that would open again with it."""
    if not raw and not instance.is_active:
        end_sessions_of(instance, actor=None, reason="account closed")


@receiver([password_changed, password_reset])
def end_with_the_password(request: HttpRequest, user: User, **signal: object) -> None:
    """Whoever got in by the old password is out, also where no code was shown yet. The one who changed it stays."""
    request_id = getattr(request, "request_id", "")
    end_sessions_of(
        user, actor=user, reason="password changed", besides=request.session.session_key, request_id=request_id
    )
