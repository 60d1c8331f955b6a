"""Files of keys: one a line, the newest first; it seals, and all of them open. What follows a # is passed over.

Asks nothing of Django, for the settings read them too.
"""

import base64
import binascii
import os
import stat
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

SPECIAL_NEEDS, RESTRICTED_NOTES, SIGN_IN = "special_needs", "restricted_notes", "sign_in"
REGISTERS = (SPECIAL_NEEDS, RESTRICTED_NOTES, SIGN_IN)
# The setting in the environment that names the file of each.
VARIABLES = {register: f"{register.upper()}_KEY_FILE" for register in REGISTERS}
LENGTH = 32  # bytes
FEWEST_DIFFERENT = 16  # bytes; of 32 random ones at least 20 differ, but for once in a billion billion
FOR_OTHERS = stat.S_IRWXO | stat.S_IWGRP | stat.S_IXGRP  # a group may read it: that of the process


class BadKeyFile(ValueError):
    """The file is no place or no source of keys; the text says why, and no key."""


def keys_in(path: Path) -> list[bytes]:
    """The keys of the file, the newest first. Raises BadKeyFile when it has none, or a line that is no key."""
    try:
        lines = [line.partition("#")[0].strip() for line in path.read_text().splitlines()]
    except (OSError, UnicodeDecodeError):
        raise BadKeyFile("the file cannot be read.") from None
    keys = [line.encode() for line in lines if line]
    if not keys:
        raise BadKeyFile("the file holds no key.")
    for number, key in enumerate(keys, start=1):
        if len(_bytes(key)) != LENGTH:
            raise BadKeyFile(f"key number {number} is not {LENGTH} bytes in URL-safe base64.")
    return keys


def sound_keys_in(path: Path) -> list[bytes]:
    """The same, of a file fit for production: nobody else may read it, and its keys are neither dull nor borrowed."""
    keys = keys_in(path)
    if stat.S_IMODE(path.stat().st_mode) & FOR_OTHERS:
        raise BadKeyFile("others may read or change the file; set its mode to 0600, or to 0640 for a group.")
    borrowed = {development_key(register) for register in REGISTERS}
    for number, key in enumerate(keys, start=1):
        if key in borrowed:
            raise BadKeyFile(f"key number {number} is one of development's, which anybody knows.")
        if len(set(_bytes(key))) < FEWEST_DIFFERENT:
            raise BadKeyFile(f"key number {number} is weak; make a random one.")
    if len(set(keys)) != len(keys):
        raise BadKeyFile("a key stands in the file twice.")
    return keys


def shared(files: Iterable[Path]) -> bool:
    """Whether a key stands in more than one of the files: each register has its own."""
    keys = [key for path in files for key in set(keys_in(path))]
    return len(set(keys)) != len(keys)


def development_key(register: str) -> bytes:
    """The same on every laptop: whoever reads this can open what it seals."""
    return key_of(f"development only, and never anywhere else: {register}")


def key_of(text: str) -> bytes:
    return base64.urlsafe_b64encode(sha256(text.encode()).digest())


def made(folder: Path, keys: dict[str, bytes], words: str) -> dict[str, Path]:
    """A file in ``folder`` for each register, with its key; what stands there already is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    return {register: _made(folder / f"{register}.key", key, words) for register, key in keys.items()}


def _made(path: Path, key: bytes, words: str) -> Path:
    """Whole at once, for processes may start at the same moment."""
    if not path.exists():
        beside = path.with_suffix(f".{os.getpid()}")
        beside.touch(mode=0o600)
        beside.write_text(f"# {words}\n{key.decode()}\n")
        beside.replace(path)
    return path


def _bytes(key: bytes) -> bytes:
    try:
        return base64.b64decode(key, altchars=b"-_", validate=True)
    except binascii.Error:
        return b""
