"""Guessing takes longer with each wrong guess, and keeps no owner out: delays, at most half a minute, never a lock.

Failures are counted in three rows (``Tries``): of an account, of a source, and of the account from that source, its
*lane*. A failure is forgotten every half minute. Who waits, waits in a lane of their own: whatever others try
meanwhile, from wherever, the wait gets no longer. From where an account was entered today, only that lane counts.

Whether a try may be made is decided before anything is checked, so inside a delay a right password and a wrong one, a
known account and an unknown one get the same answer. A try counts as failed until ``passed`` says otherwise: of a
hundred at the same moment no more get through than of a hundred in a row.
"""

import math
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import ngettext_lazy

from outreach.privacy.limits import hashed, source

from .models import Tries, User

LONGEST = timedelta(seconds=30)  # a wait; and how long it takes to forget one failure
FREE_IN_LANE = 3  # failures before the first wait, which is a second; then it doubles
FREE_OF_ACCOUNT = 6
FREE_OF_SOURCE = 60  # a whole office behind one address, each twice wrong


class Try(NamedTuple):
    """One use of ``scope`` for ``account``. ``in_turn``: tries from new places wait for those from elsewhere."""

    scope: str
    account: str
    source: str
    in_turn: bool = False


def by_password(request: HttpRequest, email: str) -> Try:
    return Try("password", email, source(request))


def by_code(request: HttpRequest, user: User) -> Try:
    """Whoever gets here knows the password, and a code is short: a thousand places guess no faster than one."""
    return Try("code", str(user.pk), source(request), in_turn=True)


def for_a_link(request: HttpRequest, email: str) -> Try:
    return Try("link", email, source(request))


def begin(tried: Try) -> None:
    """Count the try; raises ValidationError, and counts nothing, where it comes too early."""
    wait = seconds_to_wait(tried, now=timezone.now())
    if wait:
        raise ValidationError(
            ngettext_lazy(
                "Too many tries went wrong, so nothing was checked this time. Wait %(seconds)s second and try again.",
                "Too many tries went wrong, so nothing was checked this time. Wait %(seconds)s seconds and try again.",
                "seconds",
            ),
            code="wait",
            params={"seconds": wait},
        )


def seconds_to_wait(tried: Try, *, now: datetime) -> int:
    """0 when the try may be made, which then counts as failed."""
    with transaction.atomic():
        lane, account, place = _rows(tried, now)
        wait = _wait(tried, lane, account, place, now=now)
        if not wait:
            for row in (lane, account, place):
                row.failures, row.at = _left(row, now) + 1, now
                row.save(update_fields=["failures", "at"])
    return wait


def passed(tried: Try) -> None:
    """The try was right. What others got wrong still counts: somebody who knows one account would else go on."""
    lane, account, place = _keys(tried, timezone.now())
    Tries.objects.filter(pk=lane).update(failures=0, known=True)
    Tries.objects.filter(pk__in=[account, place], failures__gt=0).update(failures=F("failures") - 1)


def _keys(tried: Try, now: datetime) -> list[str]:
    lane = f"{tried.account}\n{tried.source}"
    parts = {"lane": lane, "account": tried.account, "source": tried.source}
    return [hashed(f"{tried.scope}:{part}", what, now) for part, what in parts.items()]


def _rows(tried: Try, now: datetime) -> list[Tries]:
    """Locked, and made where there are none; in the order of their keys, so that nobody waits in a circle."""
    keys = _keys(tried, now)
    Tries.objects.bulk_create([Tries(key=key, at=now) for key in sorted(keys)], ignore_conflicts=True)
    rows = {row.key: row for row in Tries.objects.select_for_update().filter(key__in=keys).order_by("key")}
    return [rows[key] for key in keys]


def _wait(tried: Try, lane: Tries, account: Tries, place: Tries, *, now: datetime) -> int:
    ends = [lane.at + _delay(_left(lane, now) - FREE_IN_LANE)]
    if not lane.known:
        since = account.at if tried.in_turn else lane.at
        ends.append(since + _delay(_left(account, now) - FREE_OF_ACCOUNT))
        ends.append(place.at + _delay(_left(place, now) - FREE_OF_SOURCE))
    return max(0, math.ceil((max(ends) - now).total_seconds()))


def _left(row: Tries, now: datetime) -> int:
    """How many failures are not forgotten yet."""
    return max(0, row.failures - (now - row.at) // LONGEST)


def _delay(too_many: int) -> timedelta:
    return min(LONGEST, timedelta(seconds=2 ** min(too_many, 10))) if too_many >= 0 else timedelta()
