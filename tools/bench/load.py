"""A small load generator in a process of its own: ``python -m tools.bench.load`` reads jobs, one a line.

A job is a JSON object: ``port``, ``host``, ``paths`` (asked in turn), ``count``, ``at_once``, ``headers``. The answer
is one too: ``seconds`` in all, ``times`` of each request in ms, ``statuses``, ``bytes``.
"""

import json
import socket
import sys
import threading
import time
from collections import Counter
from itertools import cycle, islice
from typing import Any

WAIT = 30.0


class Connection:
    """One connection that is kept open, as a browser's or a proxy's."""

    def __init__(self, port: int):
        self.port = port
        self.socket: socket.socket | None = None

    def ask(self, request: bytes) -> tuple[int, bytes]:
        """The status and the body of the answer; connects again where the server has hung up in between."""
        for attempt in (1, 2):
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=WAIT)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            try:
                self.socket.sendall(request)
                return self._read()
            except (ConnectionError, EOFError):
                self.close()
                if attempt == 2:
                    raise
        raise AssertionError

    def _read(self) -> tuple[int, bytes]:
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[:end].lower(), data[end + 4 :]
        status = int(head[9:12])
        marker = head.find(b"content-length:")
        length = int(head[marker + 15 :].split(b"\r\n", 1)[0]) if marker >= 0 and status != 304 else 0
        while len(body) < length:
            body += self._more()
        if b"connection: close" in head:
            self.close()
        return status, body

    def _more(self) -> bytes:
        if self.socket is None or not (data := self.socket.recv(262_144)):
            raise EOFError
        return data

    def close(self) -> None:
        if self.socket is not None:
            self.socket.close()
            self.socket = None


def request_for(path: str, host: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def run(job: dict[str, Any]) -> dict[str, Any]:
    """All requests of one job, shared by so many threads as there are to be requests at once."""
    requests = [request_for(path, job["host"], job["headers"]) for path in job["paths"]]
    waiting = list(islice(cycle(requests), job["count"]))[::-1]
    times: list[float] = []
    statuses: Counter[int] = Counter()
    sizes: list[int] = []

    def work() -> None:
        connection = Connection(job["port"])
        while True:
            try:
                request = waiting.pop()
            except IndexError:
                break
            began = time.perf_counter()
            status, body = connection.ask(request)
            times.append((time.perf_counter() - began) * 1000)
            statuses[status] += 1
            sizes.append(len(body))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(job["at_once"])]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    return {"seconds": seconds, "times": times, "statuses": dict(statuses), "bytes": max(sizes, default=0)}


def main() -> None:
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
