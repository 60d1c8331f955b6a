from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser

from outreach.mail import incoming
from outreach.mail.reading import ReadingCommand


class Command(ReadingCommand):
    help = (
        "Read everything that came to the sender's address, whatever it is about: notices that mails came back, and "
        "answers from calendars. What is understood is marked as read, the rest stays for somebody to read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="*", metavar="maildir", help="where the mails are; INCOMING_MAILDIR if nothing is given"
        )

    def handle(self, *, file: list[str], **options: Any) -> None:
        places = file or [settings.INCOMING_MAILDIR]
        if not all(places):
            raise CommandError("Name a maildir, or set INCOMING_MAILDIR.")
        self.read(places, *incoming.READERS.values())
