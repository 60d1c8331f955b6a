"""Work that comes round: jobs register themselves, ``run_periodic`` runs those that are due.

A job runs in one transaction with its own row, locked: it is done and noted, or neither. So two processes never run
it twice, a killed one leaves it due, and a late one simply runs late. Long work belongs in a task the job enqueues.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from .models import PeriodicJob

logger = logging.getLogger("outreach.queue")

LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    function: Callable[[datetime], object]


JOBS: dict[str, Job] = {}


def register(name: str, every: timedelta, function: Callable[[datetime], object]) -> None:
    """Have ``function(now)`` called once in every ``every``; for ``apps.ready``. It must be safe to run twice."""
    if name in JOBS:
        raise ValueError(f"There is a periodic job called {name} already.")
    JOBS[name] = Job(name, every, function)


def run_periodic(now: datetime) -> list[str]:
    """Run every job that is due; returns the names of those that ran. A failing job holds up no other."""
    PeriodicJob.objects.bulk_create([PeriodicJob(name=name, next_at=now) for name in JOBS], ignore_conflicts=True)
    due = PeriodicJob.objects.due(now).filter(name__in=JOBS).values_list("name", flat=True)
    return [name for name in due if _run(JOBS[name], now)]


def _run(job: Job, now: datetime) -> bool:
    try:
        with transaction.atomic():
            row = PeriodicJob.objects.due(now).filter(name=job.name).select_for_update(skip_locked=True).first()
            if row is None:  # another process has it, or has done it
                return False
            job.function(now)
            row.next_at, row.succeeded_at, row.failures, row.error = now + job.every, now, 0, ""
            row.save()
    except Exception as error:  # whatever it is, the others must run
        _note_failure(job, error, now)
        return False
    return True


def _note_failure(job: Job, error: Exception, now: datetime) -> None:
    logger.error("Periodic job %s failed: %s", job.name, type(error).__qualname__)
    row = PeriodicJob.objects.get(name=job.name)
    row.failures += 1
    row.error = f"{type(error).__module__}.{type(error).__qualname__}"
    row.next_at = now + min(timedelta(minutes=2 ** min(row.failures, 6)), LONGEST_DELAY)
    row.save()
