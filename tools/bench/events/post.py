"""What the mail server took (sink.py), as those find it who wait for a mail."""

import json
import re
import threading
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_string
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

LINK = re.compile(r"https?://\S+")
LOOK = 0.02  # seconds between two looks for new mail


class Taken(NamedTuple):
    """One mail, and when the mail server had it."""

    moment: float
    to: str
    message_id: str
    letter: str

    @property
    def link(self) -> str:
        """The path of the first link in its text; "" where there is none."""
        message = message_from_string(self.letter)
        part = next(part for part in message.walk() if part.get_content_type() == "text/plain")
        found = LINK.search(bytes(part.get_payload(decode=True)).decode())
        return urlsplit(found[0]).path if found else ""


def taken(name: Path | str, *, after: int = 0) -> Iterator[tuple[Taken, int]]:
    """Each whole mail that stands behind this place in the file, and the place behind it."""
    with Path(name).open("rb") as lines:
        lines.seek(after)
        for line in lines:
            if not line.endswith(b"\n"):
                return
            after += len(line)
            yield Taken(*json.loads(line)), after


class Post:
    """The first mail to each address, for many who wait at once: one looks for all. A context manager."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.place = Path(name).stat().st_size
        self.came: dict[str, Taken] = {}
        self.rings: dict[str, threading.Event] = defaultdict(threading.Event)
        self.closed = threading.Event()
        self.looking = threading.Thread(target=self._look)

    def __enter__(self) -> "Post":
        self.looking.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.closed.set()
        self.looking.join()

    def wait(self, address: str, *, seconds: float) -> Taken | None:
        """The mail, once it is there; None when it does not come in time."""
        return self.came[address] if self.rings[address].wait(seconds) else None

    def _look(self) -> None:
        while not self.closed.wait(LOOK):
            for mail, place in taken(self.name, after=self.place):
                self.place = place
                self.came.setdefault(mail.to, mail)
                self.rings[mail.to].set()
