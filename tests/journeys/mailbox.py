"""What arrives in mailboxes: read as a person does, link by link, and through a real SMTP server too."""

import email
import email.policy
import re
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core import mail
from django.urls import Resolver404, resolve
from django.utils import translation
from icalendar import Calendar

from tests.postgresql import free_port

ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,)]")


class Letter:
    def __init__(self, raw: bytes):
        self.message: EmailMessage = email.message_from_bytes(raw, policy=email.policy.default)

    @property
    def to(self) -> str:
        return str(self.message["To"])

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        return self.message.get_body(("html",)).get_content()

    @property
    def links(self) -> list[str]:
        return ADDRESS.findall(self.text)

    def link(self, name: str) -> str:
        """The link to the page of this URL name; in the HTML part it stands too."""
        found = next((link for link in self.links if page_of(link) == name), None)
        assert found, f"No link to {name} in:\n{self.text}"
        assert found in self.html, f"{name} is missing in the HTML part"
        return found

    @property
    def calendar(self) -> Calendar | None:
        """The calendar file attached, read back."""
        parts = [part for part in self.message.walk() if part.get_content_type() == "text/calendar"]
        return Calendar.from_ical(parts[0].get_payload(decode=True)) if parts else None


def page_of(address: str) -> str:
    """The URL name behind an address of the public site, "" when there is none."""
    path = urlsplit(address).path
    with translation.override("en" if path.startswith("/en/") else "da"):
        try:
            return resolve(path, urlconf="outreach.urls.public").view_name
        except Resolver404:
            return ""


class Mailboxes:
    """Every mailbox; ``letters`` says what has arrived."""

    def __init__(self, letters: Callable[[], list[Letter]]):
        self.letters = letters

    def of(self, address: str) -> list[Letter]:
        return [letter for letter in self.letters() if address in letter.to]

    def last(self, address: str) -> Letter:
        found = self.of(address)
        assert found, f"No mail for {address}; there is some for {sorted({letter.to for letter in self.letters()})}"
        return found[-1]


def in_memory() -> Mailboxes:
    return Mailboxes(lambda: [Letter(message.message().as_bytes()) for message in mail.outbox])


class PostOffice:
    """An SMTP server on this machine. It can be closed, as a real one is when it is down."""

    def __init__(self):
        self.received: list[bytes] = []
        self.controller: Controller | None = None
        self.port = free_port()  # the same one after a closing

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.received.append(bytes(envelope.original_content or b""))
        return "250 Taken"

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, enable_SMTPUTF8=True)
        self.controller.start()

    def close(self) -> None:
        if self.controller is not None:
            self.controller.stop(no_assert=True)
            self.controller = None

    @property
    def mailboxes(self) -> Mailboxes:
        return Mailboxes(lambda: [Letter(raw) for raw in self.received])
