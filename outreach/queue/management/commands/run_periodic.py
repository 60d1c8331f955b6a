from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from outreach.queue.models import PeriodicJob
from outreach.queue.periodic import run_periodic
from outreach.queue.worker import only_in_the_worker


class Command(BaseCommand):
    help = "Run the periodic jobs that are due; safe to run twice and late. The worker does the same every minute."

    def handle(self, **options: Any) -> None:
        only_in_the_worker()
        for name in run_periodic(timezone.now()):
            self.stdout.write(name)
        for job in PeriodicJob.objects.failing():
            self.stderr.write(f"{job.name} failed {job.failures} times in a row: {job.error}")
