"""What a mail server says of a mail it could not deliver: a delivery status notification, tidy or not.

Tidy ones follow RFC 3464 (or 6533, with letters of every language). Of the untidy ones only those are believed that
come from a mail server, are no automatic answer, and give a code that means for good. No bytes at all raise an error.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.encoding import punycode

from .models import normal

READ = 512_000  # bytes: the report stands first, and what was returned comes last
MOST_PARTS, MOST_MAILS, MOST_BLOCKS = 100, 20, 200
STATUS_PARTS = ("message/delivery-status", "message/global-delivery-status")
UUIDS = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")  # RFC 3463
REPLY = re.compile(r"(?<![\d.])5[0-5]\d(?=[ -])")  # RFC 5321 §4.2.1
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,64}@[\w.-]{1,190}")
SERVERS = re.compile(r"\b(mailer-daemon|postmaster|microsoftexchange\w*)@|<mailer-daemon>", re.IGNORECASE)
XTEXT = re.compile(r"\\x\{([0-9a-f]{2,6})\}", re.IGNORECASE)  # RFC 6533 §3
# What the untidy put between their words and the mail they return.
RETURNED = re.compile(
    r"^-{2,} ?(below this line|this is a copy|original message|the header|unsent message)|^return-path:|^received:",
    re.IGNORECASE | re.MULTILINE,
)


class Failure(NamedTuple):
    """A mail given up: to whom, by every name the server had for them, and why (RFC 3463)."""

    recipients: frozenset[str]
    status: str

    @property
    def for_good(self) -> bool:
        """Whether the next mail will not arrive either."""
        return self.status.startswith("5")


class Notice(NamedTuple):
    """The mails of ours that are named in it, and what failed."""

    mails: tuple[UUID, ...]
    failures: tuple[Failure, ...]


def read(raw: bytes) -> Notice | None:
    """The notice in a message; None for anything else: an answer, a receipt, a delay, garbage."""
    with suppress(RecursionError, LookupError, ValueError, TypeError, AttributeError):  # e-mail at its most hostile
        message = message_from_bytes(raw[:READ])
        parts = list(islice(message.walk(), MOST_PARTS))
        reports = [part for part in parts if part.get_content_type() in STATUS_PARTS]
        failures = tuple(_reported(reports)) if reports else tuple(_told(message, parts))
        if failures:
            return Notice(_ours(raw[:READ], parts), failures)
    return None


def names_of(address: str) -> set[str]:
    """The forms in which a server may name an address of ours: as written, and with its domain in plain letters."""
    local, _, domain = normal(address).rpartition("@")
    with suppress(UnicodeError):
        return {normal(address), f"{local}@{punycode(domain)}"}
    return {normal(address)}


def _ours(raw: bytes, parts: list[Message]) -> tuple[UUID, ...]:
    """The mails whose Message-ID stands anywhere: in the returned headers, a reference, or the words themselves."""
    host = re.escape(urlsplit(settings.PUBLIC_BASE_URL).hostname or "")
    ours = re.compile(rf"(?<![\w-])({UUIDS})@{host}(?![\w.-]*\w)", re.IGNORECASE)
    texts = [raw.decode("latin-1"), *map(text_of, parts)]
    found = dict.fromkeys(UUID(key) for text in texts for key in islice(ours.findall(text), MOST_MAILS))
    return tuple(islice(found, MOST_MAILS))


def text_of(part: Message) -> str:
    """A leaf in words, whatever character set it claims; "" for what holds others."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    with suppress(LookupError, ValueError):
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    return payload.decode("latin-1")


def _reported(reports: list[Message]) -> Iterator[Failure]:
    for block in islice((block for part in reports for block in _blocks(part)), MOST_BLOCKS):
        named = (_recipient(_field(block, name)) for name in ("final-recipient", "original-recipient"))
        recipients = frozenset(filter(None, named))
        action = (_field(block, "action") or "failed").split("(")[0].strip().lower()
        if recipients and action == "failed" and (status := _status(block)):
            yield Failure(recipients, status)


def _field(block: Message, name: str) -> str:
    """The first field of that name, in UTF-8 where a server wrote it so (RFC 6533)."""
    raw = next((value for key, value in block.raw_items() if key.lower() == name), "")
    return str(raw).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _blocks(part: Message) -> Iterator[Message]:
    """The fields about the message, then those about each recipient."""
    payload = part.get_payload()
    encoded = isinstance(payload, list) and _field(part, "content-transfer-encoding").strip().lower() == "base64"
    for block in [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else [part]:
        yield block
        rest = block.get_payload(decode=True)
        if isinstance(rest, bytes):
            text = (b64decode(rest) if encoded else rest).decode("utf-8", "surrogateescape")
            yield from (HeaderParser().parsestr(each) for each in re.split(r"\r?\n[ \t]*\r?\n", text) if each.strip())


def _recipient(field: str) -> str:
    """The address in ``rfc822; Ana@example.org``."""
    kind, _, address = field.rpartition(";")
    if "utf-8" in kind.lower():
        address = XTEXT.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), address)
    found = ADDRESS.search(address)
    return normal(found[0]) if found else ""


def _status(block: Message) -> str:
    """What the report says, or else the server behind it; a failure without a reason is one for good."""
    found = ENHANCED.search(_field(block, "status")) or ENHANCED.search(_field(block, "diagnostic-code"))
    if found is None:
        return "5.0.0"
    return "" if found[1] == "2" else ".".join(found.groups())


def _told(message: Message, parts: list[Message]) -> Iterator[Failure]:
    """From a notice in words alone, such as qmail's."""
    report = str(message.get_param("report-type", "")).lower()
    answers = _field(message, "auto-submitted").lower().startswith("auto-replied") and not report
    sent_by = f"{_field(message, 'from')} {_field(message, 'sender')}"
    server = _field(message, "return-path").strip() == "<>" or SERVERS.search(sent_by)
    if answers or not server or report not in ("", "delivery-status"):
        return
    words = RETURNED.split("\n".join(text_of(part) for part in parts if part.get_content_maintype() == "text"), 1)[0]
    code = next((found for found in ENHANCED.finditer(words) if found[1] == "5"), None)
    if not code and not REPLY.search(words):
        return
    addresses = ADDRESS.findall(f"{_field(message, 'x-failed-recipients')}\n{words}")
    status = ".".join(code.groups()) if code else "5.0.0"
    yield Failure(frozenset(normal(address.rstrip(".")) for address in addresses), status)
