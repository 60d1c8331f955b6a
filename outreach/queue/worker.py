"""The worker: django-tasks' own, which also minds the clock, survives a database restart and stops between tasks."""

import logging
import threading
import time
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from .periodic import run_periodic

logger = logging.getLogger("outreach.queue")

TICK = 60.0  # seconds between looks at the clock
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
