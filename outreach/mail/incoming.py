"""Mail that comes in: upper apps say what they read of it, and each mail goes to the first who understands it."""

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from django.db import InterfaceError, OperationalError

from . import maildir
from .notices import READ

logger = logging.getLogger("outreach.mail")


class Take(Protocol):
    def __call__(self, raw: bytes, *, now: datetime) -> StrEnum: ...


@dataclass(frozen=True)
class Reader:
    """Does what a mail asks for, once however often it is read. ``results`` says what came of it; after one of
    ``leaves`` the mail is for the next reader, or for a person. The last of the results says that it is none of
    its mails."""

    name: str
    take: Take
    results: type[StrEnum]
    leaves: frozenset[StrEnum]


READERS: dict[str, Reader] = {}


class Nobody(StrEnum):
    """Of a mail that several readers looked at."""

    KNOWS = "left for somebody to read"


@dataclass
class Report:
    """How many mails came to what, and what went wrong, without an address."""

    found: Counter[StrEnum] = field(default_factory=Counter)
    troubles: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        order = [result for reader in READERS.values() for result in reader.results]
        yield from (f"{result}: {self.found[result]}" for result in [*order, Nobody.KNOWS] if self.found[result])


def register(reader: Reader) -> None:
    """Have every mail that comes in shown to ``reader``; for ``apps.ready``."""
    if reader.name in READERS:
        raise ValueError(f"There is a reader of mails called {reader.name} already.")
    READERS[reader.name] = reader


def read(sources: Iterable[Path | None], readers: Iterable[Reader], *, now: datetime) -> Report:
    """Show each mail to the readers; one that was understood is marked in its maildir once that is in the database.

    So a reader that is killed in between meets it again, and finds that it has read it before.
    """
    report, readers = Report(), list(readers)
    for source in sources:
        try:
            result = _read(start_of(source), readers, now)
            report.found[result] += 1
            if source and maildir.holds(source) and _understood(result, readers):
                maildir.mark_read(source)
        except FileNotFoundError as error:
            if not (source and maildir.holds(source)):  # there, another process has taken it
                report.troubles.append(f"{source}: {error.strerror}")
        except OSError as error:
            report.troubles.append(f"{source}: {error.strerror}")
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # whatever is wrong with this one, the others must be read
            logger.error("A mail that came in could not be read: %s", type(error).__qualname__)
            report.troubles.append(f"{source}: {type(error).__qualname__}")
    return report


def _read(raw: bytes, readers: list[Reader], now: datetime) -> StrEnum:
    left = []
    for reader in readers:
        result = reader.take(raw, now=now)
        if result not in reader.leaves:
            return result
        left.append(result)
    if len(left) == 1:
        return left[0]
    nothing = {list(reader.results)[-1] for reader in readers}
    return next((result for result in left if result not in nothing), Nobody.KNOWS)


def _understood(result: StrEnum, readers: list[Reader]) -> bool:
    return result is not Nobody.KNOWS and not any(result in reader.leaves for reader in readers)


def sources(name: str) -> Iterator[Path | None]:
    """The mails to read: a file, those of a maildir or another directory; None for the standard input."""
    path = Path(name)
    if name == "-":
        yield None
    elif maildir.is_one(path):
        yield from maildir.unread(path)
    elif path.is_dir():
        yield from (each for each in sorted(path.iterdir()) if each.is_file() and not each.name.startswith("."))
    else:
        yield path


def start_of(source: Path | None) -> bytes:
    """As much of the mail as is looked at. Raises OSError."""
    if source is None:
        return sys.stdin.buffer.read(READ)
    with source.open("rb") as opened:
        return opened.read(READ)
