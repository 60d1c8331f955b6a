from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.queue.models import PeriodicJob
from outreach.queue.worker import only_in_the_worker


class Command(BaseCommand):
    help = "Say how the queue is doing; fails when a task has failed for good or a periodic job keeps failing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="put failed tasks back in the queue, as if new")

    def handle(self, *, retry: bool, **options: Any) -> None:
        only_in_the_worker()
        failed = DBTaskResult.objects.failed()
        if retry:
            count = failed.update(status="READY", run_after=timezone.now(), worker_ids=[])
            self.stdout.write(f"{count} failed tasks are back in the queue.")
        for row in DBTaskResult.objects.order_by("status").values("status").annotate(count=Count("pk")):
            self.stdout.write(f"{row['status'].lower()}: {row['count']}")
        troubles = [
            f"{row.task_path} {row.pk}: {row.exception_class_path} after {len(row.worker_ids)} attempts"
            for row in failed.order_by("finished_at")
        ]
        troubles += [
            f"{job.name}: {job.error}, {job.failures} times in a row" for job in PeriodicJob.objects.failing()
        ]
        if troubles:
            raise CommandError("\n".join(troubles))
