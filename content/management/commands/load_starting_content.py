from django.core.management.base import BaseCommand, CommandError

from content.services.starting import load_starting_content
from content.services.starting_files import StartingTextError


class Command(BaseCommand):
    help = "Load places, contact channels and the first pages. Changes nothing that an editor has changed."

    def handle(self, *args, **options):
        try:
            outcome = load_starting_content()
        except StartingTextError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(", ".join(f"{count} {verdict}" for verdict, count in sorted(outcome.items())))
