import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from outreach.audit.logs import watch_crashes
from outreach.queue.worker import TICK, Clock, Worker, only_in_the_worker

YIELDING = 5  # where processors are scarce visitors come first, and what can wait a moment waits


class Command(BaseCommand):
    help = "Run tasks from the queue and the periodic jobs until SIGINT or SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks at an empty queue")
        parser.add_argument("--tick", type=float, default=TICK, help="seconds between looks at the clock")
        parser.add_argument("--batch", action="store_true", help="run the tasks that are due, then end")

    def handle(self, *, interval: float, tick: float, batch: bool, **options: Any) -> None:
        only_in_the_worker()
        if settings.FACE == "worker":
            watch_crashes()
        worker = Worker(interval=interval, batch=batch)
        if batch:
            return worker.run()
        worker.configure_signals()
        os.nice(YIELDING)
        clock = Clock(tick)
        clock.start()
        try:
            worker.run()
        finally:
            clock.stop()
