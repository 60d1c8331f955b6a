"""A mail server for the tests: it keeps what it takes, and can refuse, hang up or be away."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller

from tests.postgresql import free_port


class Postbox:
    """``mails`` holds what was taken, in order; ``lines`` counts the connections."""

    def __init__(self):
        self.port = free_port()
        self.mails: list[EmailMessage] = []
        self.lines = 0
        self.refuses: dict[str, str] = {}  # address -> answer
        self.answers: list[str] = []  # answers to the next letters, "hang up" among them
        self._controller: Controller | None = None

    def open(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self):
        if self._controller:
            self._controller.stop()
            self._controller = None

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.lines += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer in ("250 OK", "take it and hang up"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        if "hang up" in answer:
            server.transport.abort()
        return answer
