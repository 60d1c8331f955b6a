"""What signing in leaves behind, and when it goes."""

from datetime import datetime, timedelta

from .models import CacheEntry, Session, Tries

ASKED_ABOUT = timedelta(days=1)  # the keys of tries are others tomorrow


def forget(now: datetime) -> None:
    """Delete sessions that have run out, and tries and used codes nobody asks about any more."""
    Session.objects.run_out(now).delete()
    Tries.objects.older_than(now - ASKED_ABOUT).delete()
    CacheEntry.objects.filter(expires__lte=now).delete()
