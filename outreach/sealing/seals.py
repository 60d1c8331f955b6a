"""Sealing a text, and opening it again where it belongs.

Fernet (AES-128-CBC under HMAC-SHA256, with the time of sealing) takes nothing beside the text along, so what the text
is about goes in front of it, inside the seal: one that was moved to another row or column does not open there.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from .key_files import BadKeyFile, keys_in

BETWEEN = "\0"  # no database keeps it in a text, so none can stand in what is sealed
START = "gAAAA"  # how every sealed text begins: the version, and the first bytes of a time before the year 2106


class CannotOpen(Exception):
    """No key at hand opens the text, or it is about something else. Says no more."""


@dataclass(frozen=True)
class Ring:
    """The keys of one register."""

    newest: Fernet
    every: MultiFernet

    @classmethod
    def of(cls, keys: list[bytes]) -> "Ring":
        fernets = [Fernet(key) for key in keys]
        return cls(fernets[0], MultiFernet(fernets))


# The latest ring of each file, and the state the file was in when it was read.
_rings: dict[Path, tuple[Any, Ring]] = {}


def ring(register: str) -> Ring:
    """The keys of ``register``, as the file has them now: a new key needs no restart.

    A file that has gone or broken since it was read leaves the keys that were in it. Raises CannotOpen when this
    process was never given any.
    """
    path = settings.SEALING_KEY_FILES.get(register)
    if path is None:
        raise CannotOpen(register)
    state, kept = _rings.get(path, (None, None))
    try:
        found = path.stat()
        now = (found.st_mtime_ns, found.st_size, found.st_ino)
        if kept is None or now != state:
            kept = Ring.of(keys_in(path))
            _rings[path] = now, kept
    except (OSError, BadKeyFile):
        if kept is None:
            raise CannotOpen(register) from None
    return kept


def seal(register: str, text: str, *, about: str) -> str:
    return ring(register).newest.encrypt(f"{about}{BETWEEN}{text}".encode()).decode()


def unseal(register: str, sealed: str, *, about: str) -> str:
    """The text again. Raises CannotOpen."""
    try:
        whole = ring(register).every.decrypt(sealed).decode()
    except InvalidToken:
        raise CannotOpen(register) from None
    belongs, _between, text = whole.partition(BETWEEN)
    if belongs != about:
        raise CannotOpen(register)
    return text


def is_sealed(text: str) -> bool:
    return text.startswith(START)


def is_newest(register: str, sealed: str) -> bool:
    """Whether the newest key sealed it."""
    try:
        ring(register).newest.decrypt(sealed)
    except InvalidToken:
        return False
    return True


def renewed(register: str, sealed: str) -> str:
    """The same under the newest key, with the time it was sealed first. Raises CannotOpen."""
    try:
        return ring(register).every.rotate(sealed).decode()
    except InvalidToken:
        raise CannotOpen(register) from None
