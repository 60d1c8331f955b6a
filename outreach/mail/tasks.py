"""What the queue runs for mails."""

from datetime import datetime

from django.utils import timezone

from outreach.queue.enqueue import enqueue_once
from outreach.queue.tasks import task

from . import outbox


@task()
def drain_outbox() -> None:
    """Send what is due. Two at a time share the work; what one leaves behind the next takes over."""
    outbox.drain(timezone.now)


def drain_when_due(now: datetime) -> None:
    """Every minute: mails that wait for another attempt, and those a dead worker left."""
    if outbox.has_work(now):
        enqueue_once("mail.drain_outbox")
