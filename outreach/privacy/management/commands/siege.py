"""Say that the public forms are under attack, for some hours, or that they no longer are.

Run as the owner, under ``outreach.settings.worker``. From that moment each form asks for the e-mail only and goes on
by a link in a mail, for everyone; no process is started anew. A rush on the forms does the same by itself.
"""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from outreach.privacy import siege


class Command(BaseCommand):
    help = "Have the public forms ask for the e-mail only: --hours N, or --lift; without either it says how it stands."

    def add_arguments(self, parser):
        parser.add_argument("--hours", type=int)
        parser.add_argument("--lift", action="store_true")

    def handle(self, *, hours, lift, **options):
        now = timezone.now()
        if hours is not None and (lift or not 1 <= hours <= 168):
            raise CommandError("Give --hours from 1 to 168, or --lift.")
        if hours is not None:
            siege.declare(now + timedelta(hours=hours), now=now)
        elif lift:
            siege.lift(now=now)
        self.stdout.write(self._stands(siege.besieged(timezone.now())))

    def _stands(self, besieged):
        if besieged:
            return "The public forms ask for the e-mail only, and go on by a link in a mail."
        return "The public forms are whole."
