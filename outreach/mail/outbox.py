"""Draining the outbox: many mails over one connection, each marked as soon as it is sent.

A mail is claimed, touched, sent, marked; each step commits by itself. A worker killed between the mail server's answer
and the mark leaves one mail in SENDING. When its lease has passed it is sent again, under the same Message-ID: never a
loss, one duplicate at most. What a killed worker had claimed and not touched was not sent, and is taken over as it is.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from operator import attrgetter
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import F

from . import gate, mailboxes
from .kinds import KINDS
from .letter import letter
from .line import Line, Refused, ServerAway
from .models import OutboxMessage, OutboxQuerySet, WrongProcess

logger = logging.getLogger("outreach.mail")

BATCH = 100
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
CAP_PER_HOUR = 5000  # in all: a flood waits its turn, it is not lost

State = OutboxMessage.State
Clock = Callable[[], datetime]


def drain(clock: Clock) -> int:
    """Send what is due until nothing is, or until the server is away; returns how many were sent."""
    if settings.FACE not in ("worker", "both"):
        raise WrongProcess(settings.FACE)
    take_over(clock())
    sent = 0
    with Line() as line:
        while batch := claim(clock()):
            mailboxes.open_all(map(attrgetter("to"), filter(_goes_outside, batch)), now=clock())
            for number, message in enumerate(batch):
                try:
                    sent += _deliver(message, line, clock)
                except ServerAway as error:
                    _later(message, f"mail server away: {error}", clock())
                    _release(batch[number + 1 :])
                    logger.warning("The mail server is away (%s); mails wait.", error)
                    return sent
    return sent


def _goes_outside(message: OutboxMessage) -> bool:
    kind = KINDS.get(message.kind)
    return kind is not None and not kind.to_colleagues


def has_work(now: datetime) -> bool:
    return OutboxMessage.objects.due(now).exists() or OutboxMessage.objects.abandoned(now).exists()


def take_over(now: datetime) -> int:
    """Queue again what a dead worker left behind."""
    return OutboxMessage.objects.abandoned(now).update(state=State.QUEUED, claim=None, next_attempt_at=now)


def claim(now: datetime) -> list[OutboxMessage]:
    """Take up to a hundred due mails that no other worker can take as well.

    PostgreSQL skips rows another worker holds; SQLite lets one writer in at a time. The condition on the state makes
    sure on both.
    """
    room = CAP_PER_HOUR - OutboxMessage.objects.sent_since(now - timedelta(hours=1)).count()
    mark = uuid4()
    with transaction.atomic():
        due = OutboxMessage.objects.due(now).select_for_update(skip_locked=True)
        taken = list(due.values_list("pk", flat=True)[: max(0, min(BATCH, room))])
        free = OutboxMessage.objects.filter(pk__in=taken, state=State.QUEUED)
        free.update(state=State.SENDING, claim=mark, claimed_at=now)
    return list(OutboxMessage.objects.filter(claim=mark).order_by("next_attempt_at"))


def _deliver(message: OutboxMessage, line: Line, clock: Clock) -> bool:
    """One mail from the claim to its mark; True if it was sent. Raises ServerAway with the mail unmarked."""
    try:
        verdict = gate.check_again(message)
        if not verdict.allowed:
            _mark(message, state=State.SKIPPED, reason=verdict.reason)
            return False
        if not _touch(message, clock()):
            return False
        line.send(letter(message))
    except ServerAway:
        raise
    except ObjectDoesNotExist:
        _mark(message, state=State.SKIPPED, reason="what it is about is gone")
    except Refused as refusal:
        if refusal.for_good:
            _give_up(message, str(refusal))
        else:
            _later(message, str(refusal), clock())
    except Exception as error:  # whatever a kind's functions raise, the other mails must go
        _later(message, f"not written: {type(error).__qualname__}", clock())
    else:
        _mark(message, state=State.SENT, sent_at=clock(), reason="")
        return True
    return False


def _touch(message: OutboxMessage, now: datetime) -> bool:
    """Renew the claim just before sending; False if another worker has taken the mail over."""
    message.attempts += 1
    return bool(_claimed(message).update(claimed_at=now, attempts=F("attempts") + 1))


def _later(message: OutboxMessage, reason: str, now: datetime) -> None:
    """Try again after 1, 2, 4 … minutes, an hour at most; give up after five days."""
    if now - message.created_at >= GIVE_UP_AFTER:
        _give_up(message, reason)
    else:
        delay = min(FIRST_DELAY * 2 ** min(message.attempts - 1, 10), LONGEST_DELAY)
        _mark(message, state=State.QUEUED, reason=reason, next_attempt_at=now + delay)


def _give_up(message: OutboxMessage, reason: str) -> None:
    _mark(message, state=State.FAILED, reason=reason)
    logger.error("Mail %s of kind %s given up: %s", message.pk, message.kind, reason)


def _release(messages: list[OutboxMessage]) -> None:
    """Give back what was claimed and not tried: it costs those mails no attempt."""
    for message in messages:
        _mark(message, state=State.QUEUED)


def _mark(message: OutboxMessage, **changes: object) -> None:
    _claimed(message).update(claim=None, **changes)


def _claimed(message: OutboxMessage) -> OutboxQuerySet:
    return OutboxMessage.objects.filter(pk=message.pk, claim=message.claim, state=State.SENDING)
