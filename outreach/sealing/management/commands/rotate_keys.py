"""Bring every sealed text under the newest key of its register.

After a new key has been put first in its file, on every machine (README). Run as the owner of the tables, under the
worker's settings, while everything goes on; safe to stop, and to repeat.
"""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from outreach.sealing import rotation
from outreach.sealing.key_files import REGISTERS
from outreach.sealing.places import Place, places

WIDTH = 30


class Command(BaseCommand):
    help = "Seal everything anew by the newest keys; --check only counts what older keys still hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("registers", nargs="*", metavar="register", help=f"of {', '.join(REGISTERS)}; or all")
        parser.add_argument("--check", action="store_true", help="change nothing; fail while older keys are needed")

    def handle(self, *, registers: list[str], check: bool, **options: Any) -> None:
        if unknown := set(registers) - set(REGISTERS):
            raise CommandError(f"No such register: {', '.join(sorted(unknown))}. There are {', '.join(REGISTERS)}.")
        found = places(*registers)
        if not check:
            self.shown: int | None = None
            rotation.rotate(found, self.progress)
            self.stdout.write()
        self.tell([(place, rotation.count(place)) for place in found])

    def progress(self, done: int, total: int) -> None:
        """A bar that grows in its line; where no person watches, a line for each tenth."""
        watched = self.stdout.isatty()
        share = done / total if total else 1
        step = round(share * 1000) if watched else int(share * 10)
        if step == self.shown:
            return
        self.shown = step
        bar = "#" * round(share * WIDTH)
        line = f"[{bar:<{WIDTH}}] {share:>4.0%}  {done} of {total}"
        self.stdout.write(f"\r{line}" if watched else line, ending="" if watched else "\n")
        self.stdout.flush()

    def tell(self, counts: Iterable[tuple[Place, rotation.Count]]) -> None:
        for place, count in counts:
            words = f"{place.register}: {place.name}: {count.texts} sealed, {count.older} under an older key"
            self.stdout.write(words + (f", {count.unreadable} that no key opens" if count.unreadable else ""))
        if not all(count.are_done for _place, count in counts):
            raise CommandError("Keep every older key: some texts are not under the newest one.")
        self.stdout.write("Everything is under the newest keys; older lines of the key files can go.")
