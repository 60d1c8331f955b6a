"""Give a colleague's contacts, open follow-ups and events to come to another: above all when they leave.

Run as the owner, under ``outreach.settings.worker``.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contacts.services.handing_over import NotAReader, hand_over
from outreach.accounts.models import User
from outreach.privacy.numbers import LOOKS_LIKE_CPR, contains_cpr

LONGEST = 200  # what the trail holds of a reason


class Command(BaseCommand):
    help = "Give the contacts, open follow-ups and events to come of one colleague to an officer or team lead."

    def add_arguments(self, parser):
        parser.add_argument("from_email")
        parser.add_argument("to_email")
        parser.add_argument("--reason", required=True, help="for the trail: no names")

    def handle(self, *, from_email, to_email, reason, **options):
        if settings.FACE not in ("worker", "both"):
            raise CommandError(
                f"Run this under outreach.settings.worker, not the settings of the {settings.FACE} face."
            )
        if not 0 < len(reason.strip()) <= LONGEST:
            raise CommandError(f"Say why, in {LONGEST} characters at most.")
        if contains_cpr(reason):
            raise CommandError(str(LOOKS_LIKE_CPR))
        giver, receiver = self.colleague(from_email), self.colleague(to_email)
        try:
            done = hand_over(giver, receiver, reason=reason.strip(), now=timezone.now())
        except NotAReader as error:
            raise CommandError(f"{receiver} cannot receive: choose another officer or team lead at work.") from error
        self.stdout.write(
            f"{receiver} has received from {giver}: people {done.people}, organisations {done.organisations}, "
            f"follow-ups {done.follow_ups}, events {done.events}."
        )
        if done.kept_back:
            self.stdout.write(
                f"Follow-ups that stay with {giver}: {done.kept_back}, about restricted contacts of others. "
                f"When their owners have let {receiver} in, run this again."
            )

    def colleague(self, email):
        try:
            return User.objects.get(email__iexact=email)
        except User.DoesNotExist as error:
            raise CommandError(f"There is no colleague {email}.") from error
