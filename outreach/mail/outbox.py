"""Draining the outbox: many mails over one connection, each marked as sent before the next goes out.

A batch is claimed in one step, and what its mails need is read for all of them at once. Then each is sent and marked;
each mark commits by itself. A worker killed between the mail server's answer and the mark leaves one mail in SENDING
that was sent, among those that were not. When their lease has passed all are sent, the one for the second time and
under the same Message-ID: never a loss, one duplicate at most.
"""

import logging
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from outreach.queue.enqueue import enqueue_once

from . import bounces, gate, mailboxes
from .kinds import KINDS
from .letter import letter
from .line import Line, Refused, ServerAway
from .models import Mailbox, OutboxMessage, OutboxQuerySet, WrongProcess, normal

logger = logging.getLogger("outreach.mail")

BATCH = 100
FRESH = timedelta(seconds=30)  # what was read of a batch holds for so long, far below its lease
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=5)
CAP_PER_HOUR = 5000  # in all: a flood waits its turn, it is not lost
CAP_FOR_ASKED = 2 * CAP_PER_HOUR  # what people asked for does not wait behind a flood of ours
TURN = timedelta(seconds=2)  # then other tasks have theirs: they write what people wait for

State = OutboxMessage.State
Clock = Callable[[], datetime]


def drain(clock: Clock) -> int:
    """Send what is due until nothing is, or the server is away, or its turn is over; returns how many were sent.

    A task for the rest is in the queue then.
    """
    if settings.FACE not in ("worker", "both"):
        raise WrongProcess(settings.FACE)
    take_over(clock())
    sent, until = 0, clock() + TURN
    with Line() as line:
        more = True
        while more:
            batch = claim(clock())
            more = len(batch) == BATCH  # what is written from now on has a task of its own
            try:
                for delivered in work_off(batch, line, clock):
                    sent += delivered
            except ServerAway as error:
                logger.warning("The mail server is away (%s); mails wait.", error)
                more = False
            if more and clock() >= until:
                enqueue_once("mail.drain_outbox")
                break
    return sent


def has_work(now: datetime) -> bool:
    return OutboxMessage.objects.due(now).exists() or OutboxMessage.objects.abandoned(now).exists()


def take_over(now: datetime) -> int:
    """Queue again what a dead worker left behind."""
    return OutboxMessage.objects.abandoned(now).update(state=State.QUEUED, claim=None, next_attempt_at=now)


def claim(now: datetime) -> list[OutboxMessage]:
    """Take up to a hundred due mails that no other worker can take as well; first those that people asked for.

    PostgreSQL skips rows another worker holds; SQLite lets one writer in at a time. The condition on the state makes
    sure on both.
    """
    sent, mark = OutboxMessage.objects.sent_since(now - timedelta(hours=1)).count(), uuid4()
    asked = [name for name, kind in KINDS.items() if kind.asked_for and not kind.group]
    with transaction.atomic():
        due = OutboxMessage.objects.due(now).select_for_update(skip_locked=True).values_list("pk", flat=True)
        taken = list(due.filter(kind__in=asked)[: max(0, min(BATCH, CAP_FOR_ASKED - sent))])
        taken += due.exclude(kind__in=asked)[: max(0, min(BATCH - len(taken), CAP_PER_HOUR - sent))]
        free = OutboxMessage.objects.filter(pk__in=taken, state=State.QUEUED)
        claimed = free.update(state=State.SENDING, claim=mark, claimed_at=now)
    return list(_held(taken, mark)) if claimed else []


def renew(batch: Sequence[OutboxMessage], now: datetime) -> list[OutboxMessage]:
    """Those of it that no other worker has taken over, read anew."""
    ours = _held([message.pk for message in batch], batch[0].claim)
    ours.update(claimed_at=now)
    return list(ours)


def work_off(batch: Sequence[OutboxMessage], line: Line, clock: Clock) -> Iterator[bool]:
    """Send a claimed batch; of each mail that is through whether it was sent. Raises ServerAway, the rest given back.

    Where that takes long the claim is renewed and everything read anew: what others decided meanwhile counts.
    """
    parcels = deque(packed(batch, clock()))
    while parcels:
        if parcels[0].message.claimed_before(clock() - FRESH):
            parcels = deque(packed(renew([parcel.message for parcel in parcels], clock()), clock()))
            continue
        parcel = parcels.popleft()
        try:
            yield _deliver(parcel, line, clock)
        except ServerAway as error:
            _later(parcel.message, f"mail server away: {error}", clock())
            _give_back([parcel.message for parcel in parcels])
            raise


class Parcel(NamedTuple):
    """A mail with what was read for it."""

    message: OutboxMessage
    box: Mailbox | None = None  # None: a mail to colleagues
    objection: str = ""  # of the gate
    error: Exception | None = None  # why nothing could be read


def packed(batch: Sequence[OutboxMessage], now: datetime) -> list[Parcel]:
    """What is needed to send them, read at once; where that fails read for each alone, for the others must go."""
    try:
        return _packed(batch, now)
    except Exception as error:
        if len(batch) == 1:
            return [Parcel(batch[0], error=error)]
    return [parcel for message in batch for parcel in packed([message], now)]


@transaction.atomic
def _packed(batch: Sequence[OutboxMessage], now: datetime) -> list[Parcel]:
    objections = gate.check_again(batch)
    going = defaultdict(list)
    for message, objection in zip(batch, objections, strict=True):
        if not objection:
            going[KINDS[message.kind]].append(message)
    for kind, messages in going.items():
        kind.ready(messages)
    outside = [message for kind, messages in going.items() if not kind.to_colleagues for message in messages]
    open_ = mailboxes.open_all([message.to for message in outside], now=now)
    boxes = {message.pk: open_.get(normal(message.to)) for message in outside}
    return [Parcel(message, boxes.get(message.pk), why) for message, why in zip(batch, objections, strict=True)]


def _deliver(parcel: Parcel, line: Line, clock: Clock) -> bool:
    """One mail up to its mark; True if it was sent. Raises ServerAway with the mail unmarked."""
    message = parcel.message
    if parcel.objection:
        _mark(message, state=State.SKIPPED, reason=parcel.objection)
        return False
    message.attempts += 1
    try:
        if parcel.error:
            raise parcel.error
        line.send(letter(message, parcel.box))
    except ServerAway:
        raise
    except ObjectDoesNotExist:
        _mark(message, state=State.SKIPPED, reason="what it is about is gone")
    except Refused as refusal:
        if refusal.for_good:
            _refused(message, refusal, clock())
        else:
            _later(message, str(refusal), clock())
    except Exception as error:  # whatever a kind's functions raise, the other mails must go
        _later(message, f"not written: {type(error).__qualname__}", clock())
    else:
        message.note_sent(clock())
        return True
    return False


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


def _refused(message: OutboxMessage, refusal: Refused, now: datetime) -> None:
    """Give it up. An address that is not there is marked like one from which mail comes back; a colleague's is not,
    for nobody could lift that."""
    _give_up(message, str(refusal))
    if refusal.no_address and not KINDS[message.kind].to_colleagues:
        bounces.mark(message, refusal.no_address, now=now)


def _give_back(messages: Sequence[OutboxMessage]) -> None:
    """What was claimed and not tried: it costs those mails no attempt."""
    if messages:
        _held([message.pk for message in messages], messages[0].claim).update(state=State.QUEUED, claim=None)


def _mark(message: OutboxMessage, **changes: object) -> None:
    _held([message.pk], message.claim).update(claim=None, attempts=message.attempts, **changes)


def _held(keys: Sequence[UUID], mark: UUID | None) -> OutboxQuerySet:
    """Those that are still in the hands of whoever made this mark, in the order in which they are sent."""
    held = OutboxMessage.objects.filter(pk__in=keys, claim=mark, state=State.SENDING)
    return held.order_by("next_attempt_at", "pk")
