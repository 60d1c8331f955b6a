"""What a visitor's browser does to register: open the form, send it, open the link of the mail, press the button."""

import queue
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from tools.bench.load import Connection

HIDDEN = re.compile(rb'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')
ASKED_AGAIN = 422
TRIES = 3  # a form opened before the event filled is asked once more


class Unexpected(Exception):
    """An answer that no visitor should get."""


class Counters:
    """So many may ask at once; ``busy`` are the seconds in which at least one did."""

    def __init__(self, port: int, at_once: int) -> None:
        self.free: queue.Queue[Connection] = queue.Queue()
        for _number in range(at_once):
            self.free.put(Connection(port))
        self.counting = threading.Lock()
        self.asking = 0
        self.since = self.busy = 0.0

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        connection = self.free.get()
        self._count(1)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        finally:
            self._count(-1)
            self.free.put(connection)

    def _count(self, more: int) -> None:
        with self.counting:
            now = time.perf_counter()
            if self.asking:
                self.busy += now - self.since
            self.asking, self.since = self.asking + more, now


@dataclass
class Visitor:
    """One browser, in a place of its own; it asks over the ``connection`` whose turn it has."""

    number: int
    connection: Connection = field(init=False)
    milliseconds: float = 0.0
    again: int = 0
    headers: str = field(init=False)

    def __post_init__(self) -> None:
        place = ".".join(str(self.number >> shift & 255) for shift in (16, 8, 0))
        self.headers = f"Host: 127.0.0.1\r\nX-Forwarded-For: 10.{place}\r\nSec-Fetch-Site: same-origin\r\n"

    def get(self, path: str) -> bytes:
        status, body = self._ask(f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode())
        if status != 200:
            raise Unexpected(f"GET {status}")
        return body

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        body = urlencode(fields).encode()
        head = f"POST {path} HTTP/1.1\r\n{self.headers}Content-Type: application/x-www-form-urlencoded\r\n"
        return self._ask(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def propose(self, form: str, email: str) -> None:
        """Fill in the form, and once more where it asks to."""
        page = self.get(form)
        for _attempt in range(TRIES):
            hidden = {name.decode(): unescape(value.decode()) for name, value in HIDDEN.findall(page)}
            status, page = self.post(form, hidden | written(self.number, email))
            if status != ASKED_AGAIN:
                break
            self.again += 1
        if status != 302:
            raise Unexpected(f"form {status}")

    def confirm(self, link: str) -> None:
        self.get(link)
        status, _page = self.post(link, {})
        if status != 200:
            raise Unexpected(f"confirm {status}")

    def _ask(self, request: bytes) -> tuple[int, bytes]:
        began = time.perf_counter()
        try:
            return self.connection.ask(request)
        finally:
            self.milliseconds += (time.perf_counter() - began) * 1000


def written(number: int, email: str) -> dict[str, str]:
    """What they type."""
    return {
        "name": f"Gæst Nummer {number}",
        "email": email,
        "organisation": "Foreningen Havn",
        "role": "Formand",
        "needs": "",
        "consent": "on",
    }
