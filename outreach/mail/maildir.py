"""A maildir: one file for each mail, in ``new`` until it is read, then in ``cur`` with flags after its name.

Marking a mail is one rename, which happens or does not. The ``mailbox`` module of Python would write each mail anew,
and stumbles over those that are not well formed.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

INFO, SEEN, TRASHED = ":2,", "S", "T"


class NoMaildir(Exception):
    """There is no maildir at that place, or this process may not read it."""


def is_one(path: Path) -> bool:
    return (path / "new").is_dir() and (path / "cur").is_dir()


def holds(file: Path) -> bool:
    """Whether the file is a mail in a maildir."""
    return file.parent.name in ("new", "cur") and is_one(file.parent.parent)


def unread(path: Path) -> list[Path]:
    """The mails nobody has read, the newest first: what nobody understands lies there and must not be in the way.

    A mail program that looks into the mailbox moves mails to ``cur``, and leaves those unread that nobody opened.
    Raises NoMaildir.
    """
    try:
        found = [*_files(path / "new"), *(file for file in _files(path / "cur") if not _is_read(file[1]))]
    except OSError as error:
        raise NoMaildir(f"{path}: {error.strerror}") from error
    return [file for _, file in sorted(found, reverse=True)]


def mark_read(file: Path) -> None:
    """Keep the mail as one that was read. Raises OSError."""
    base, _, flags = file.name.partition(INFO)
    file.rename(file.parent.parent / "cur" / f"{base}{INFO}{''.join(sorted({*flags, SEEN}))}")


def _files(folder: Path) -> Iterator[tuple[int, Path]]:
    """Each mail with its age; nothing hidden, no link that leads elsewhere, no folder or pipe."""
    with os.scandir(folder) as entries:
        for entry in entries:
            try:
                found = entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # another process has taken it
                continue
            if stat.S_ISREG(found.st_mode) and not entry.name.startswith("."):
                yield found.st_mtime_ns, Path(entry.path)


def _is_read(file: Path) -> bool:
    return bool({SEEN, TRASHED} & set(file.name.partition(INFO)[2]))
