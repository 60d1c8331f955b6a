"""The commands that read mails which came in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from outreach.queue.worker import only_in_the_worker

from . import incoming
from .maildir import NoMaildir


class ReadingCommand(BaseCommand):
    """Shows mails to one reader and says how many came to what, without addresses."""

    reader: str

    def add_arguments(self, parser: CommandParser) -> None:
        help = "a file, a directory of files, a maildir, or - for the standard input"
        parser.add_argument("file", nargs="+", help=help)

    def handle(self, *, file: list[str], **options: Any) -> None:
        self.read(file, incoming.READERS[self.reader])

    def read(self, names: list[str], *readers: incoming.Reader) -> None:
        only_in_the_worker()
        try:
            sources = [source for name in names for source in incoming.sources(name)]
        except (NoMaildir, OSError) as error:
            raise CommandError(f"The mails cannot be read: {error}") from error
        report = incoming.read(sources, readers, now=timezone.now())
        for line in report.lines():
            self.stdout.write(line)
        for trouble in report.troubles:
            self.stderr.write(trouble)
        if report.troubles:
            raise CommandError(f"{len(report.troubles)} files could not be read.")
