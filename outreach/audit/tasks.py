"""What the queue does for the trail."""

import logging
from datetime import datetime, timedelta

from django.utils import timezone

from outreach.queue.enqueue import enqueue_once
from outreach.queue.tasks import task

from . import watching
from .models import Link

logger = logging.getLogger("outreach.audit")


@task(max_attempts=1, lease=timedelta(hours=2))
def watch() -> None:
    """Verify the whole trail, and sign how far it goes if nothing is wrong with it. Safe to run twice."""
    now = timezone.now()
    done = watching.verify(watching.kept_here(), now=now, tell=lambda fault: None)
    if done.faults:
        logger.error("The trail has %d faults: manage.py audit verify tells which.", done.faults)
    elif watching.is_kept():
        watching.sign(now)


def watch_at_night(now: datetime) -> None:
    """Once a day, from the first entry on."""
    if Link.objects.exists():
        enqueue_once("audit.watch")
