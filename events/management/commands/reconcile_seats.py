from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from events.models import Event
from events.services.reconcile import Difference, differences, mend


class Command(BaseCommand):
    help = "Hold the seats counted against the registrations; fails when they differ and nobody asked to mend it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mend", action="store_true", help="make the counters say what the registrations say")

    def handle(self, *, mend: bool, **options: Any) -> None:
        events = list(Event.objects.order_by("pk"))
        found = [difference for event in events for difference in (self.mended(event) if mend else differences(event))]
        for difference in found:
            self.stdout.write(self.said(difference))
        if found and not mend:
            raise CommandError(f"{len(found)} numbers are wrong. Run again with --mend.")
        self.stdout.write(f"{len(events)} events looked at, {len(found)} numbers mended.")

    def mended(self, event: Event) -> list[Difference]:
        try:
            return mend(event)
        except IntegrityError as refused:
            raise CommandError(
                f"{event.pk}: more seats are taken than there are. Add seats, then run again."
            ) from refused

    def said(self, difference: Difference) -> str:
        return f"{difference.event_id}: {difference.what} says {difference.counted}, it is {difference.true}"
