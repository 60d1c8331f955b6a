"""What happens to a task that raised, and to one whose worker died."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from .tasks import Policy, policy

logger = logging.getLogger("outreach.queue")

KEEP_SUCCESSFUL = timedelta(days=3)
KEEP_FAILED = timedelta(days=30)


class WorkerDied(Exception):
    """A task's worker was killed as often as the task may be tried."""


def retry_failed(sender: Any, *, task_result: Any, **kwargs: Any) -> None:
    """Receiver of ``task_finished``: put a task that raised back in the queue while it has attempts left."""
    row = task_result.db_result
    if row.status == "FAILED" and not _try_again(row, timezone.now()):
        _report(row)


def reap(now: datetime) -> int:
    """Give tasks whose worker died back to the queue, or mark them failed; returns how many were found.

    After ``kill -9`` a task stays RUNNING for ever. One that raised while its worker was ending is found as well.
    """
    dead = [row for row in DBTaskResult.objects.running() if row.started_at <= now - _policy_of(row).lease]
    for row in dead:
        if len(row.worker_ids) < _policy_of(row).max_attempts:
            _unchanged(row).update(status="READY", run_after=now)
        else:
            error = f"{WorkerDied.__module__}.{WorkerDied.__qualname__}"
            _unchanged(row).update(status="FAILED", finished_at=now, exception_class_path=error)
            _report(row)
    interrupted = [row for row in DBTaskResult.objects.failed() if _try_again(row, now)]
    return len(dead) + len(interrupted)


def prune(now: datetime) -> int:
    """Forget finished tasks: successful ones after three days, failed ones after thirty."""
    successful = DBTaskResult.objects.successful().filter(finished_at__lte=now - KEEP_SUCCESSFUL)
    failed = DBTaskResult.objects.failed().filter(finished_at__lte=now - KEEP_FAILED)
    return successful.delete()[0] + failed.delete()[0]


def _try_again(row: DBTaskResult, now: datetime) -> bool:
    attempts = len(row.worker_ids)
    if attempts >= _policy_of(row).max_attempts:
        return False
    return bool(_unchanged(row).update(status="READY", run_after=now + _policy_of(row).delay(attempts)))


def _policy_of(row: DBTaskResult) -> Policy:
    """The task's own rules, which importing it declares; one attempt for a task that is no longer there."""
    try:
        import_string(row.task_path)
    except ImportError:
        return Policy(max_attempts=1)
    return policy(row.task_path)


def _unchanged(row: DBTaskResult) -> Any:
    """The row, unless a worker has moved it since it was read."""
    return DBTaskResult.objects.filter(pk=row.pk, status=row.status, started_at=row.started_at)


def _report(row: DBTaskResult) -> None:
    logger.error("Task %s failed for good after %d attempts id=%s", row.task_path, len(row.worker_ids), row.pk)
