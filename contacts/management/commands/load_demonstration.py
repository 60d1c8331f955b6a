from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from contacts.demonstration import accounts, loading
from content.services.starting import load_starting_content

NEVER = ("public", "internal")  # these faces serve people; nobody invents content through them


class Command(BaseCommand):
    help = "Load invented colleagues, organisations, dialogues and events, or take them away again (--remove)."

    def add_arguments(self, parser):
        parser.add_argument("--here", action="store_true", help="load outside development too: an open test site")
        parser.add_argument("--remove", action="store_true", help="take away everything the demonstration made")

    def handle(self, *args, here, remove, **options):
        if settings.FACE in NEVER:
            raise CommandError(f"Not under the settings of the {settings.FACE} face.")
        if remove:
            found = loading.remove()
            self.stdout.write("The demonstration is gone." if found else "No demonstration is loaded.")
            return
        if settings.FACE != "both" and not here:
            raise CommandError("This is no development machine. Say --here if this site is to show invented content.")
        load_starting_content()
        loading.load(timezone.now())
        self.stdout.write(f"Demonstration accounts, password {accounts.PASSWORD}")
        for line in accounts.listed():
            self.stdout.write(line)
