"""A mail server that takes everything: ``python -m tools.bench.events.sink PORT FILE``.

For each mail it writes one line of JSON into the file: when it came, to whom, its Message-ID, the letter as it came.
"""

import asyncio
import json
import re
import sys
import time
from pathlib import Path
from typing import IO

MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.MULTILINE | re.IGNORECASE)
END = b"\r\n.\r\n"
ANSWERS = {b"EHLO": b"250-sink\r\n250 8BITMIME\r\n", b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}


class Sink(asyncio.Protocol):
    """One connection: commands line by line, then a letter up to its dot."""

    def __init__(self, taken: IO[str]):
        self.taken = taken
        self.waiting = b""
        self.in_letter = False
        self.recipient = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while (end := self.waiting.find(END if self.in_letter else b"\r\n")) >= 0:
            whole = self.waiting[:end]
            self.waiting = self.waiting[end + (len(END) if self.in_letter else 2) :]
            self.letter(whole) if self.in_letter else self.command(whole)

    def command(self, line: bytes) -> None:
        verb = line[:4].upper()
        if verb == b"RCPT":
            self.recipient = line[line.find(b"<") + 1 : line.find(b">")].decode()
        self.in_letter = verb == b"DATA"
        self.transport.write(ANSWERS.get(verb, b"250 OK\r\n"))
        if verb == b"QUIT":
            self.transport.close()

    def letter(self, whole: bytes) -> None:
        """Note it before the sender is told that it is taken: what was answered for is never lost."""
        found = MESSAGE_ID.search(whole)
        named = found[1].decode() if found else ""
        self.taken.write(json.dumps([time.time(), self.recipient, named, whole.decode("latin-1")]) + "\n")
        self.taken.flush()
        self.in_letter = False
        self.transport.write(b"250 OK\r\n")


async def serve(port: int, taken: IO[str]) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Sink(taken), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


def main() -> None:
    port, name = sys.argv[1:]
    with Path(name).open("a") as taken:
        asyncio.run(serve(int(port), taken))


if __name__ == "__main__":
    main()
