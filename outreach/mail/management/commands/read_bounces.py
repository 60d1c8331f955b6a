import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from outreach.mail import bounces, notices
from outreach.queue.worker import only_in_the_worker


class Command(BaseCommand):
    help = (
        "Read notices that mails came back (.eml) and mark the addresses that no longer work. "
        "Says how many, without addresses; reading a file twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="+", help="a file, a directory of files, or - for the standard input")

    def handle(self, *, file: list[str], **options: Any) -> None:
        only_in_the_worker()
        found: Counter[bounces.Found] = Counter()
        unreadable = 0
        for name in file:
            for source in self._sources(name):
                try:
                    found[bounces.take(self._start_of(source), now=timezone.now())] += 1
                except OSError as error:
                    unreadable += 1
                    self.stderr.write(f"{source}: {error.strerror}")
        for result in bounces.Found:
            if found[result]:
                self.stdout.write(f"{result}: {found[result]}")
        if unreadable:
            raise CommandError(f"{unreadable} files could not be read.")

    @staticmethod
    def _sources(name: str) -> Iterator[Path | None]:
        """The files to read; None for the standard input. A directory is read file by file, hidden ones aside."""
        path = Path(name)
        if name == "-":
            yield None
        elif path.is_dir():
            yield from (each for each in sorted(path.iterdir()) if each.is_file() and not each.name.startswith("."))
        else:
            yield path

    @staticmethod
    def _start_of(source: Path | None) -> bytes:
        if source is None:
            return sys.stdin.buffer.read(notices.READ)
        with source.open("rb") as opened:
            return opened.read(notices.READ)
