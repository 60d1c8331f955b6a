"""Limits on how often a form is sent, from one place or for one address; kept in the database, leading back to nobody.

A use is one row with a salted hash of what is counted. The salt is derived from the secret key and the day: tomorrow
the same place has another hash. The public role may add rows and count them, nothing else.
"""

import ipaddress
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Hit

LONGEST_WINDOW = timedelta(days=1)
# A whole meeting of honest people behind one address, and a board that shares a mailbox, must get through.
PER_SOURCE = 200
PER_ADDRESS = 30
HOUR = timedelta(hours=1)


def allow(scope: str, what: str, *, limit: int, window: timedelta = HOUR, now: datetime) -> bool:
    """Count one use of ``scope`` by ``what`` (a source or an address); False when ``limit`` was reached in the window.

    A refused use is not counted: whoever waits gets in again, and a flood cannot fill the table.
    """
    if window > LONGEST_WINDOW:
        raise ValueError("Hits are forgotten after two days: no window is longer than one.")
    since = now - window
    keys = {_key(scope, what, moment) for moment in (since, now)}
    if Hit.objects.filter(key__in=keys, at__gt=since).count() >= limit:
        return False
    Hit.objects.create(key=_key(scope, what, now), at=now)
    return True


def source(request: HttpRequest) -> str:
    """Where a request comes from: the connection, or what our own proxy says of it.

    ``BEHIND_PROXY`` says there is exactly one proxy; the last entry of X-Forwarded-For is the one it wrote. Without it
    the header is a claim of the visitor's and changes nothing. Of an IPv6 address the network counts: a household has
    billions of addresses.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or address
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ip.ipv4_mapped or ipaddress.ip_network((int(ip), 64), strict=False).network_address)
    return str(ip)


def forget(now: datetime) -> int:
    return Hit.objects.older_than(now - 2 * LONGEST_WINDOW).delete()[0]


def _key(scope: str, what: str, moment: datetime) -> str:
    day = timezone.localdate(moment).isoformat()
    return salted_hmac(f"outreach.limits:{day}:{scope}", what.strip().casefold(), algorithm="sha256").hexdigest()
