from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from outreach.privacy.retention import RULES


class Command(BaseCommand):
    help = "Erase what has been kept long enough, as the worker does every hour; --dry-run only counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would go and touch nothing")

    @transaction.atomic
    def handle(self, *, dry_run: bool, **options: Any) -> None:
        now = timezone.now()
        for rule in RULES.values():
            count = rule.rows(now).count() if dry_run else rule.apply(now)
            action = f"blank {', '.join(rule.blank)}" if rule.blank else "erase"
            self.stdout.write(f"{rule.name}: {action} {rule.period.days} days after {rule.trigger}: {count}")
