"""What the queue runs for mails."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from outreach.queue.enqueue import enqueue_once
from outreach.queue.tasks import task

from . import incoming, maildir, outbox

logger = logging.getLogger("outreach.mail")

READING = timedelta(minutes=4)  # how long one task goes on reading: well below its lease


@task()
def drain_outbox() -> None:
    """Send what is due. Two at a time share the work; what one leaves behind the next takes over."""
    outbox.drain(timezone.now)


def drain_when_due(now: datetime) -> None:
    """Every minute: mails that wait for another attempt, and those a dead worker left."""
    if outbox.has_work(now):
        enqueue_once("mail.drain_outbox")


@task(max_attempts=1)
def read_mailbox() -> None:
    """Read what has come to the sender's address. What one does not get to, the next begins with or is older."""
    report = incoming.read(_in_time(), incoming.READERS.values(), now=timezone.now())
    if report.troubles:
        logger.error("Of the mails that came in, %d could not be read.", len(report.troubles))


def _in_time() -> Iterator[Path]:
    until = timezone.now() + READING
    for mail in maildir.unread(Path(settings.INCOMING_MAILDIR)):
        if timezone.now() >= until:
            return
        yield mail


def read_when_due(now: datetime) -> None:
    """Every five minutes: what lies unread in the mailbox, if there is one. Raises NoMaildir where it is not found."""
    if settings.INCOMING_MAILDIR and maildir.unread(Path(settings.INCOMING_MAILDIR)):
        enqueue_once("mail.read_mailbox")
