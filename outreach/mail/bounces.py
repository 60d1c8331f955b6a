"""Mail that came back: noted on the mail, and for good on its address."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from . import notices
from .incoming import Reader
from .models import OutboxMessage, Suppression


class Found(StrEnum):
    """What came of one notice, in the words of the command."""

    MARKED = "addresses marked"
    NOTED = "came back, but perhaps not the next time"
    BEFORE = "read before"
    STRANGE = "about no mail of ours to that address"
    NONE = "no notice that a mail came back"


def take(raw: bytes, *, now: datetime) -> Found:
    """Believe a notice only about a mail that we sent to the very address it names; read twice, it counts once."""
    notice = notices.read(raw)
    if notice is None:
        return Found.NONE
    results = [
        _came_back(message, failure.status, for_good=failure.for_good, now=now)
        for message in OutboxMessage.objects.filter(pk__in=notice.mails, state=OutboxMessage.State.SENT)
        for failure in notice.failures
        if failure.recipients & notices.names_of(message.to)
    ]
    return min(results, key=list(Found).index, default=Found.STRANGE)


@transaction.atomic
def _came_back(message: OutboxMessage, status: str, *, for_good: bool, now: datetime) -> Found:
    sent = OutboxMessage.objects.filter(pk=message.pk, bounced_at=None)
    if not sent.update(bounced_at=now, bounce_status=status):
        return Found.BEFORE
    if not for_good:
        return Found.NOTED
    mark(message, status, now=now)
    return Found.MARKED


def mark(message: OutboxMessage, status: str, *, now: datetime) -> None:
    """No more mail to the address of this one until a colleague lifts it; ``status`` is the code of RFC 3463."""
    told = {"reason": Suppression.Reason.BOUNCED, "since": now, "status": status}
    Suppression.objects.get_or_create(address=message.to_key, defaults=told)


@transaction.atomic
def lift(address: str) -> bool:
    """Mail goes to the address again; whether it was marked. What its owner does not want stays as it is."""
    return bool(Suppression.objects.of(address).bounced().delete()[0])


READER = Reader("bounces", take, Found, leaves=frozenset({Found.NONE}))
