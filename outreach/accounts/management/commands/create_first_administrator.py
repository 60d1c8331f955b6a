"""Enter the first administrator of an installation; everybody else is entered by an administrator in the workspace.

Run as the owner, under ``outreach.settings.worker``. Prints a link to choose a password, which dies with its first
use; no password stands on a command line. Refuses where an administrator can sign in.
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from outreach.accounts.models import Role, User
from outreach.accounts.password_links import password_link
from outreach.accounts.services.colleagues import enter


class Command(BaseCommand):
    help = "Enter the first administrator, and print a link to choose a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--language", choices=["da", "en"], default="da")

    @transaction.atomic
    def handle(self, *, email, name, language, **options):
        if User.objects.administrators().exists():
            raise CommandError("There is an administrator: they enter colleagues in the workspace, under Colleagues.")
        email = User.objects.normalize_email(email).lower()
        user = User(email=email, name=name, role=Role.ADMINISTRATOR, language=language)
        user.set_unusable_password()
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        enter(user, [], actor=None)
        self.stdout.write(f"{user.name} can choose a password here within 24 hours:\n{password_link(user)}")
        self.stdout.write("Have a second administrator entered soon: a lost second factor takes two.")
