"""The worker: django-tasks' own, which also minds the clock, survives a database restart and stops between tasks."""

import logging
import threading
import time
from functools import partial
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult
from structlog.contextvars import bound_contextvars

from .failing import keep_failure
from .periodic import run_periodic
from .tasks import policy

logger = logging.getLogger("outreach.queue")

TICK = 60.0  # seconds between looks at the clock
TOGETHER = 100  # tasks of a kind in one call
PATIENCE = 5.0  # seconds to wait when the database does not answer


def only_in_the_worker() -> None:
    """Background work belongs to the worker's process, which alone may write the outbox."""
    if settings.FACE not in ("worker", "both"):
        raise CommandError(
            f"Run this under outreach.settings.worker; the {settings.FACE} face does no background work."
        )


class Worker(QueueWorker):
    """Runs tasks until told to stop; ``batch`` runs those that are due and returns."""

    def __init__(self, *, interval: float = 1.0, batch: bool = False):
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The first signal lets the current task end. A second one interrupts it: it goes back to the queue."""
        if not self.running:
            super().shutdown(signum, frame)
        self.running = False

    def run_task(self, db_task_result: DBTaskResult) -> None:
        """A task that has been claimed, and with it those of its kind that wait, where they can be done together."""
        rows = [db_task_result, *self._claim_with(db_task_result)]
        if len(rows) == 1 or not self._run_together(rows):
            for row in rows:
                self._run_alone(row)

    def _run_alone(self, row: DBTaskResult) -> None:
        """What the queue notes of a failure quotes nobody, nor does what is logged meanwhile."""
        row.set_failed = partial(keep_failure, row)  # the queue's own would keep the words of the error
        with bound_contextvars(task=row.task_path, task_id=str(row.pk)):
            super().run_task(row)

    def _claim_with(self, first: DBTaskResult) -> list[DBTaskResult]:
        """Only what is tried for the first time: what failed, or was left by a dead worker, is done alone."""
        if len(first.worker_ids) > 1 or not policy(first.task_path).together:
            return []
        with transaction.atomic():
            waiting = DBTaskResult.objects.ready().filter(task_path=first.task_path, worker_ids=[])
            rows = list(waiting.select_for_update(skip_locked=True)[: TOGETHER - 1])
            claimed: dict[str, Any] = {"started_at": timezone.now(), "worker_ids": [self.worker_id]}
            DBTaskResult.objects.filter(pk__in=[row.pk for row in rows]).update(status="RUNNING", **claimed)
        for row in rows:
            row.started_at, row.worker_ids = claimed.values()
        return rows

    def _run_together(self, rows: list[DBTaskResult]) -> bool:
        """Whether all were done."""
        claimed = DBTaskResult.objects.filter(pk__in=[row.pk for row in rows])
        self.running_task = True
        try:
            rows[0].task.call(*(value for row in rows for value in row.args_kwargs["args"]))
        except Exception as error:  # one of them may be to blame: the others must be done
            logger.warning("%s failed for %d at once (%s).", rows[0].task_path, len(rows), type(error).__qualname__)
            return False
        except BaseException:  # told twice to stop
            claimed.update(status="READY", worker_ids=[])
            raise
        finally:
            self.running_task = False
        claimed.update(status="SUCCESSFUL", finished_at=timezone.now())
        return True

    def run(self) -> None:
        """Outlive a database that restarts or is away."""
        while True:
            try:
                return super().run()
            except DatabaseError as error:
                if self.batch or not self.running:
                    raise
                logger.warning("The database does not answer (%s); trying again.", type(error).__qualname__)
                close_old_connections()
                time.sleep(PATIENCE)


class Clock(threading.Thread):
    """Runs what is due by the clock, beside the worker: a long task must not hold up the reaper."""

    def __init__(self, tick: float = TICK):
        super().__init__(name="clock", daemon=True)
        self.tick = tick
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            close_old_connections()
            try:
                run_periodic(timezone.now())
            except DatabaseError as error:
                logger.warning("Periodic jobs wait for the database (%s).", type(error).__qualname__)
            self.stopped.wait(self.tick)
        connections.close_all()

    def stop(self, timeout: float = 10.0) -> None:
        """Let the job that runs end; one that takes longer is rolled back and stays due."""
        self.stopped.set()
        self.join(timeout)
