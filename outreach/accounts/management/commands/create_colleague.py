"""Enter a colleague from the server; administrators do so in the workspace, and the first one by another command.

Run as the owner, under ``outreach.settings.worker``. Prints a link to choose a password; hand it over in person.
When the colleague leaves one day, ``manage.py hand_over`` gives what they answer for to another.
"""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from outreach.accounts.models import Role, Team, User
from outreach.accounts.password_links import password_link
from outreach.accounts.services.colleagues import enter


class Command(BaseCommand):
    help = "Enter a colleague who can sign in, and print a link to choose a password."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("--language", choices=["da", "en"], default="da")
        parser.add_argument("--team", action="append", default=[], help="made when there is none of that name")

    @transaction.atomic
    def handle(self, *, email, name, role, language, team, **options):
        user = User(email=User.objects.normalize_email(email).lower(), name=name, role=role, language=language)
        user.set_unusable_password()
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        enter(user, [Team.objects.get_or_create(name=title)[0] for title in team], actor=None)
        self.stdout.write(f"{user.name} can choose a password here within 24 hours:\n{password_link(user)}")
