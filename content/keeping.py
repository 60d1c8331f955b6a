"""What a process of the public face keeps in memory: rendered pages, and what they are made from.

Everything is kept under the content version it was read under, so a process is right whatever the others do. Nothing
is kept where there are sessions (architecture.md, decision 13).
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from content.version import version_of

Kept = TypeVar("Kept")

ROOM = 32 * 2**20  # bytes of pages a process keeps; compressed, some thousand
LARGEST = ROOM // 32
PATIENCE = 10.0  # seconds to wait for another thread that makes the same page
OVERHEAD = 1024  # bytes an entry takes beside its body


def keeps() -> bool:
    """Whether this process knows no visitor, so that what it made for one serves all."""
    return settings.FACE == "public"


class PerVersion(Generic[Kept]):
    """Something read from the database once in a process for each version; each time where nothing is kept."""

    def __init__(self, load: Callable[[], Kept]):
        self._load = load
        self._lock = threading.Lock()
        self._kept: tuple[str, Kept] | None = None

    def of(self, request: HttpRequest) -> Kept:
        if not keeps():
            return self._load()
        version = version_of(request)
        if (kept := self._kept) and kept[0] == version:
            return kept[1]
        with self._lock:  # many threads meet a new version at once: one of them reads
            if (kept := self._kept) and kept[0] == version:
                return kept[1]
            value = self._load()
            self._kept = (version, value)
            return value

    def forget(self) -> None:
        self._kept = None


@dataclass(frozen=True)
class Page:
    """One answer as it was made: compressed, under its version, true until a moment."""

    version: str
    valid_until: datetime
    body: bytes
    etag: str
    headers: dict[str, str]

    @classmethod
    def of(cls, response: HttpResponse, version: str, valid_until: datetime) -> "Page":
        # No name, no time in the gzip header: the same words are the same bytes.
        digest = blake2b(response.content, digest_size=12).hexdigest()
        body = gzip.compress(response.content, mtime=0)
        return cls(version, valid_until, body, f'W/"{digest}"', dict(response.headers))

    @property
    def text(self) -> bytes:
        return gzip.decompress(self.body)

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD

    def holds(self, version: str, now: datetime) -> bool:
        return self.version == version and now < self.valid_until


class Pages:
    """The pages kept, by address; the least recently read make room for new ones."""

    def __init__(self, room: int = ROOM):
        self.room = room
        self.size = 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._making: dict[tuple[str, str], threading.Event] = {}
        self._lock = threading.Lock()

    def __contains__(self, address: str) -> bool:
        """Whether there was a page at this address, under whatever version."""
        return address in self._pages

    def get(self, address: str, version: str, now: datetime) -> Page | None:
        with self._lock:
            page = self._pages.get(address)
            if page is None or not page.holds(version, now):
                return None
            self._pages.move_to_end(address)
            return page

    def put(self, address: str, page: Page) -> None:
        with self._lock:
            self._drop(address)
            if page.size > LARGEST:
                return
            self._pages[address] = page
            self.size += page.size
            while self.size > self.room:
                self._drop(next(iter(self._pages)))

    def _drop(self, address: str) -> None:
        if page := self._pages.pop(address, None):
            self.size -= page.size

    @contextmanager
    def making(self, address: str, version: str) -> Iterator[None]:
        """The one thread that makes a page; others go on when it has made it, or failed: then each makes its own."""
        key = (address, version)
        with self._lock:
            made = self._making.get(key)
            if mine := made is None:
                made = self._making[key] = threading.Event()
        if not mine:
            made.wait(PATIENCE)
            yield
            return
        try:
            yield
        finally:
            with self._lock:
                del self._making[key]
            made.set()

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.size = 0


pages = Pages()
