"""Remove a lost second factor where the workspace cannot: fewer than two other administrators are left to agree.

Run as the owner, under ``outreach.settings.worker``. Whoever runs the server is then the second pair of eyes: they
speak with the colleague, and with the one other administrator there is, whom they name. Refuses where two others can
agree in the workspace. It stands in the trail, and the colleague is told by mail.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from outreach.accounts.models import User
from outreach.accounts.second_factor import with_second_factor
from outreach.accounts.services.lost_factors import remove_factors
from outreach.privacy.numbers import LOOKS_LIKE_CPR, contains_cpr

LONGEST = 100  # with what the command says itself, the trail holds no more


class Command(BaseCommand):
    help = "Remove the second factors of a colleague where no two other administrators can."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("--by", default="", help="the e-mail of the one other administrator, who agrees")
        parser.add_argument("--nobody-else", action="store_true", help="there is no other administrator")
        parser.add_argument("--reason", required=True, help="for the trail: no names")

    @transaction.atomic
    def handle(self, *, email, by, nobody_else, reason, **options):
        reason = " ".join(reason.split())
        if not 0 < len(reason) <= LONGEST:
            raise CommandError(f"Say why, in {LONGEST} characters at most.")
        if contains_cpr(reason):
            raise CommandError(str(LOOKS_LIKE_CPR))
        colleague = with_second_factor(User.objects.at_work()).filter(email__iexact=email).first()
        if colleague is None:
            raise CommandError(f"Nobody at work has the e-mail {email}.")
        if not colleague.has_factor:
            raise CommandError(f"{colleague} has no second factor to remove.")
        witness = self.witness(colleague, by, nobody_else)
        told = f"on the server, agreed by {witness.pk}" if witness else "on the server, nobody else administers"
        remove_factors(colleague, actor=None, reason=f"{told}: {reason}")
        self.stdout.write(f"The second factors of {colleague} are removed, and every session is ended.")
        self.stdout.write("At the next sign-in the password leads to adding a new phone.")

    def witness(self, colleague, by, nobody_else):
        """The one other administrator there is; None when there is none. Held until it is done."""
        others = list(User.objects.administrators().exclude(pk=colleague.pk).order_by("pk").select_for_update())
        if len(others) > 1:
            raise CommandError("Two other administrators can do this in the workspace, under Colleagues.")
        if not others:
            if by or not nobody_else:
                raise CommandError("There is no other administrator. Say so with --nobody-else.")
            return None
        if nobody_else or others[0].email != by.lower():
            raise CommandError(f"There is one other administrator. Name them with --by: {others[0].email}")
        return others[0]
