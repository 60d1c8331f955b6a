"""Signed checkpoints: how far the trail went at a time, kept where whoever could change the database cannot.

The chain alone cannot show that its end was cut off, or that the whole database went back to an older copy. A
checkpoint is a small file in a folder meant to be copied elsewhere: number and hash of the last entry, how many there
were, when, and an Ed25519 signature over one line of JSON::

    ["outreach trail checkpoint", 1, number, "hash in hex", count, "2026-11-29T06:50:41.000120Z"]

A file is named for number and time, comes into being whole, and is never written again.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from .models import Link

TITLE = ["outreach trail checkpoint", 1]
WHEN = "%Y-%m-%dT%H:%M:%S.%fZ"


class NotSigned(Exception):
    """A file that is no checkpoint, or not one of this key; its argument is its name."""


@dataclass(frozen=True)
class Checkpoint:
    """The trail as it was at a time: its last entry had this number and hash, and there were so many."""

    seq: int
    hash: bytes
    count: int
    at: datetime

    def signed_text(self) -> bytes:
        return json.dumps([*TITLE, self.seq, self.hash.hex(), self.count, self.at.strftime(WHEN)]).encode()

    def file_name(self) -> str:
        return f"{self.seq:012}-{self.at:%Y%m%dT%H%M%SZ}.json"


def current(now: datetime) -> Checkpoint | None:
    """Where the trail stands; None before its first entry."""
    last = Link.objects.order_by("-seq").first()
    if last is None:
        return None
    count = Link.objects.filter(seq__lte=last.seq).count()
    return Checkpoint(last.seq, bytes(last.hash), count, now.astimezone(UTC))


def save(checkpoint: Checkpoint, folder: Path, key: Ed25519PrivateKey) -> Path:
    """Sign it into a new file of ``folder``. Raises FileExistsError rather than write one again."""
    text = checkpoint.signed_text()
    *_title, seq, digest, count, at = json.loads(text)
    told = {"seq": seq, "hash": digest, "count": count, "at": at, "signature": b64encode(key.sign(text)).decode()}
    path = folder / checkpoint.file_name()
    unfinished = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o444)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(json.dumps(told) + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)  # whole or not at all, and never over another
    finally:
        unfinished.unlink()
    return path


def load(path: Path, key: Ed25519PublicKey) -> Checkpoint:
    """The checkpoint in a file. Raises NotSigned unless it is as ``key`` signed it."""
    try:
        told = json.loads(path.read_text())
        at = datetime.strptime(told["at"], WHEN).replace(tzinfo=UTC)
        found = Checkpoint(told["seq"], bytes.fromhex(told["hash"]), told["count"], at)
        key.verify(b64decode(told["signature"]), found.signed_text())
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise NotSigned(path.name) from error
    return found


def files(folder: Path) -> Iterator[Path]:
    """The checkpoints of a folder, the oldest first."""
    return iter(sorted(folder.glob("*.json")))


def sign(now: datetime, folder: Path, key: Ed25519PrivateKey) -> Path | None:
    """Sign where the trail stands; None when nothing came since the newest checkpoint, or at all."""
    here = current(now)
    if here is None or any(path.name.startswith(f"{here.seq:012}-") for path in files(folder)):
        return None
    return save(here, folder, key)
