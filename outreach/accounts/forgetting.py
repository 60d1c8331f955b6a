"""What signing in leaves behind, and when it goes."""

from datetime import datetime

from django.contrib.sessions.models import Session

from .models import CacheEntry


def forget(now: datetime) -> None:
    """Delete sessions that have ended, and attempts and used codes nobody asks about any more."""
    Session.objects.filter(expire_date__lte=now).delete()
    CacheEntry.objects.filter(expires__lte=now).delete()
