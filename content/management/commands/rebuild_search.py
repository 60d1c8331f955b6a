from django.core.management.base import BaseCommand
from django.utils import timezone

from content.services import search_index


class Command(BaseCommand):
    help = "Make the table of the public search again from what is public now. Readers find the old one meanwhile."

    def handle(self, *args, **options):
        self.stdout.write(f"{search_index.rebuild(now=timezone.now())} entries")
