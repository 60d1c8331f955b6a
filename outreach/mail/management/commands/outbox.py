from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.utils import timezone

from outreach.mail.models import OutboxMessage
from outreach.queue.worker import only_in_the_worker


class Command(BaseCommand):
    help = "Say how the outbox is doing, without names or addresses; fails when a mail was given up."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--retry", action="store_true", help="queue the mails that were given up for one more try")

    def handle(self, *, retry: bool, **options: Any) -> None:
        only_in_the_worker()
        given_up = OutboxMessage.objects.failed()
        if retry:
            self.stdout.write(f"{given_up.retry(timezone.now())} mails are queued again.")
        for row in OutboxMessage.objects.order_by("state").values("state").annotate(count=Count("pk")):
            self.stdout.write(f"{row['state']}: {row['count']}")
        troubles = given_up.order_by("kind", "reason").values("kind", "reason").annotate(count=Count("pk"))
        if troubles:
            raise CommandError("\n".join(f"{row['kind']}: {row['reason']}: {row['count']}" for row in troubles))
