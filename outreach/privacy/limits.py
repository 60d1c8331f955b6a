"""Limits on how often a form is sent, from one place or for one address; kept in the database, leading back to nobody.

A use is one row with a salted hash of what is counted. The salt is derived from the secret key and the day: tomorrow
the same place has another hash. The public role may add rows and count them, nothing else.
"""

import ipaddress
from collections import Counter
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Hit

LONGEST_WINDOW = timedelta(days=1)
# A whole meeting of honest people behind one address, and a board that shares a mailbox, must get through.
PER_SOURCE = 200
PER_ADDRESS = 30
MAILED_PER_ADDRESS = 5  # while each form goes on by a mail; one link opens its form several times
# In all. So many people on the forms within an hour are a flood, or a rush: either way the e-mail is asked for first
# (siege.py). Then so many mails an hour go to whoever asks, and no more.
RUSH = 600
MAILED_IN_ALL = 2000
HOUR = timedelta(hours=1)

INSERT = "INSERT INTO privacy_hit (id, key, at) SELECT id, key, at FROM ({new}) AS uses WHERE {room}"
NEW = "SELECT %s AS id, %s AS key, %s AS at"
ROOM = "(SELECT COUNT(*) FROM privacy_hit WHERE key IN ({marks}) AND at > %s) <= %s"


class Use(NamedTuple):
    """One use of ``scope`` by ``what`` (a source, an address or a link), ``limit`` times in the window at most."""

    scope: str
    what: str
    limit: int


def from_source(request: HttpRequest, scope: str) -> Use:
    return Use(scope, source(request), PER_SOURCE)


def for_address(email: str, scope: str) -> Use:
    return Use(scope, email, PER_ADDRESS)


def in_all() -> Use:
    """One of all the people on all the forms. Counted past the rush: that has other answers than a refusal."""
    return Use("every form", "everybody", 2 * RUSH)


def mailed(request: HttpRequest, email: str) -> tuple[Use, ...]:
    """What sending somebody the link to a form uses."""
    to_address = Use("form to", email, MAILED_PER_ADDRESS)
    return from_source(request, "form"), to_address, Use("form to", "everybody", MAILED_IN_ALL)


def allow(*uses: Use, window: timedelta = HOUR, now: datetime) -> bool:
    """Count all the uses; False when there was no room for one of them. Two alike need room for two.

    Refused uses are not counted: whoever waits gets in again, and a flood cannot fill the table.
    """
    if window > LONGEST_WINDOW:
        raise ValueError("Hits are forgotten after two days: no window is longer than one.")
    counted, since = Counter(uses), now - window
    rows = [(uuid4(), _key(use, now)) for use in counted.elements()]
    rooms = [(keys_of(use, window=window, now=now), use.limit - many) for use, many in counted.items()]
    return _insert(rows, rooms, since=since, now=now) == len(rows)


def _insert(rows: list[tuple[UUID, str]], rooms: list[tuple[set[str], int]], *, since: datetime, now: datetime) -> int:
    """Insert all rows in one statement, or none where more stand under a set of keys than may; how many came."""
    at = connection.ops.adapt_datetimefield_value
    values: list[Any] = [
        part for pk, key in rows for part in (Hit._meta.pk.get_db_prep_value(pk, connection), key, at(now))
    ]
    for keys, most in rooms:
        values += [*keys, at(since), most]
    new = " UNION ALL ".join([NEW] * len(rows))
    room = " AND ".join(ROOM.format(marks=", ".join(["%s"] * len(keys))) for keys, _most in rooms)
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(new=new, room=room), values)
        return cursor.rowcount


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


def keys_of(use: Use, *, window: timedelta = HOUR, now: datetime) -> set[str]:
    """What this use is counted under, through the window."""
    return {_key(use, moment) for moment in (now - window, now)}


def forget(now: datetime) -> int:
    return Hit.objects.older_than(now - 2 * LONGEST_WINDOW).delete()[0]


def _key(use: Use, moment: datetime) -> str:
    return hashed(use.scope, use.what, moment)


def hashed(scope: str, what: str, moment: datetime) -> str:
    """What a table of tries or uses may hold of ``what``: another hash each day, for each scope."""
    day = timezone.localdate(moment).isoformat()
    salt = f"outreach.limits:{day}:{scope}"
    return salted_hmac(salt, what.strip().casefold(), algorithm="sha256").hexdigest()
