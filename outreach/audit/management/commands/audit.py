"""The trail of reads and writes: its key, its checkpoints, and whether it is whole."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from outreach.audit import signing, watching
from outreach.audit.models import Link

EVERY = 100_000  # entries between two words about how far it got
MOST = 200  # faults that are told


class Command(BaseCommand):
    help = "Verify the trail, sign how far it goes, or make the key that signs."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, parser_class=argparse.ArgumentParser)
        key = parts.add_parser("key", help="make a key: FILE for this machine alone, FILE.pub for whoever verifies")
        key.add_argument("file", type=Path)
        parts.add_parser("checkpoint", help="sign how far the trail goes into a new file of AUDIT_CHECKPOINT_FOLDER")
        verify = parts.add_parser("verify", help="tell each entry that was changed, removed, moved or put in")
        verify.add_argument("--checkpoints", type=Path, help="the folder of signed checkpoints: best a copy elsewhere")
        verify.add_argument("--public-key", type=Path, help="the public key they were signed for")

    def handle(self, *, part: str, **options: Any) -> None:
        try:
            getattr(self, f"_{part}")(**options)
        except signing.NoKey as error:
            raise CommandError(str(error)) from error

    def _key(self, *, file: Path, **options: Any) -> None:
        try:
            signing.make_key(file, file.with_name(f"{file.name}.pub"))
        except FileExistsError as error:
            raise CommandError(f"There is a file {error.filename} already; nothing is made.") from error
        self.stdout.write(f"AUDIT_SIGNING_KEY_FILE={file}\nGive {file.name}.pub to whoever verifies.")

    def _checkpoint(self, **options: Any) -> None:
        if not watching.is_kept():
            raise CommandError("AUDIT_SIGNING_KEY_FILE and AUDIT_CHECKPOINT_FOLDER must be set.")
        made = watching.sign(timezone.now())
        self.stdout.write(str(made) if made else "Nothing was added since the newest checkpoint.")

    def _verify(self, *, checkpoints: Path | None, public_key: Path | None, **options: Any) -> None:
        kept, count = _kept(checkpoints, public_key), Link.objects.count()
        told: list[str] = []

        def tell(fault: str) -> None:
            if len(told) < MOST:
                told.append(fault)

        def progress(walked: int) -> None:
            if walked % EVERY == 0:
                self.stderr.write(f"{walked:,} of {count:,} entries")

        done = watching.verify(kept, now=timezone.now(), tell=tell, progress=progress)
        if done.faults:
            more = [f"{done.faults - len(told):,} faults more."] if done.faults > len(told) else []
            raise CommandError("\n  ".join(["The trail is not whole.", *told, *more]))
        against = f", also as {len(kept.checkpoints)} checkpoints have it" if kept.checkpoints else ""
        self.stdout.write(f"The trail is whole up to number {done.last}{against}.")
        if not kept.checkpoints:
            self.stdout.write("Without a checkpoint nobody sees whether its end was cut off.")


def _kept(folder: Path | None, public_key: Path | None) -> watching.Kept:
    """The checkpoints somebody points to, or else those of this installation."""
    if folder is None:
        return watching.kept_here()
    if public_key is None:
        raise CommandError("--checkpoints wants --public-key: the key they were signed for.")
    if not folder.is_dir():
        raise CommandError(f"There is no folder {folder}.")
    return watching.kept_in(folder, signing.public_key(public_key))
