"""Answers of calendars, as mails bring them: METHOD:REPLY and COUNTER (RFC 5546 §3.2.3, §3.2.7; RFC 6047)."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from outreach.mail.notices import names_of, text_of

ZONE = ZoneInfo("Europe/Copenhagen")
TYPES = ("text/calendar", "application/ics")
METHODS = ("REPLY", "COUNTER")
LARGEST, MOST_PARTS, MOST_ENTRIES = 100_000, 100, 20  # characters of a calendar, parts of a mail, entries
AHEAD = timedelta(hours=1)  # how much a clock may be ahead of ours
HIGHEST = 2_147_483_647  # a SEQUENCE is an integer of 32 bits (RFC 5545 §3.3.8)
METHOD = re.compile(r"^METHOD(?:;[^:\n]*)?:\s*(\w+)", re.IGNORECASE | re.MULTILINE)


class Unreadable(Exception):
    """It says that it is an answer, and cannot be read."""


class Voice(NamedTuple):
    """One attendee of an answer, by address, with what their calendar says for them."""

    address: str
    said: str  # PARTSTAT in small letters, or "countered"
    words: str


class Answer(NamedTuple):
    """What is answered to one entry, by whom the mail is from, or for whom."""

    uid: str
    sender: str
    voices: tuple[Voice, ...]
    sequence: int
    said_at: datetime
    proposes_at: datetime | None

    def of(self, address: str) -> Voice | None:
        """What whoever has this address says: they are named, or the mail is from them. A calendar may name them by
        another address of theirs, and a secretary may answer for them."""
        ours = names_of(address)
        named = (voice for voice in self.voices if ours & names_of(voice.address))
        return next(named, self.voices[0] if self.voices and ours & names_of(self.sender) else None)


def answers(raw: bytes, *, now: datetime) -> list[Answer]:
    """Every answer in the mail; none in any other mail. Raises Unreadable."""
    with suppress(RecursionError):  # a thousand messages within each other
        mail = message_from_bytes(raw)
        parts = [pair for pair in islice(_parts(mail, mail), MOST_PARTS) if pair[1].get_content_type() in TYPES]
        return [answer for envelope, part in parts for answer in _of_calendar(part, envelope, now)]
    return []


def _parts(envelope: Message, message: Message) -> Iterator[tuple[Message, Message]]:
    """Every part, and the message it came in: one that a colleague sends on has a sender and a date of its own."""
    yield envelope, message
    payload = message.get_payload()
    for part in [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []:
        yield from _parts(part if message.get_content_type() == "message/rfc822" else envelope, part)


def _of_calendar(part: Message, envelope: Message, now: datetime) -> list[Answer]:
    text = text_of(part).removeprefix("\ufeff").strip()
    named = METHOD.search(text[:LARGEST])
    method = (named[1] if named else str(part.get_param("method", ""))).upper()
    if method not in METHODS:
        return []
    try:
        if len(text) > LARGEST:
            raise Unreadable
        entries = islice(Calendar.from_ical(text).walk("VEVENT"), MOST_ENTRIES)
        return [_of_entry(entry, method, envelope, now) for entry in entries]
    except (ValueError, TypeError, AttributeError, LookupError, OverflowError) as error:
        raise Unreadable from error


def _of_entry(entry: Component, method: str, envelope: Message, now: datetime) -> Answer:
    attendees = entry.get("ATTENDEE", [])
    attendees = attendees if isinstance(attendees, list) else [attendees]
    moments = [_moment(entry.decoded("DTSTAMP", None)), _date_of(envelope)]
    countered = method == "COUNTER"
    return Answer(
        uid=str(entry.get("UID", "")).strip(),
        sender=parseaddr(str(envelope.get("From", "")))[1],
        voices=tuple(_voice(entry, each, "countered" if countered else "") for each in attendees[:MOST_ENTRIES]),
        sequence=min(max(int(entry.get("SEQUENCE", 0)), 0), HIGHEST),
        # A clock that is ahead must not make every later answer the older one. None in time: ValueError.
        said_at=max(moment for moment in moments if moment and moment <= now + AHEAD),
        proposes_at=_moment(entry.decoded("DTSTART", None)) if countered else None,
    )


def _voice(entry: Component, attendee: Any, said: str) -> Voice:
    address = unquote(str(attendee)).strip()
    words = str(attendee.params.get("X-RESPONSE-COMMENT", "")) or _first(entry.get("COMMENT", ""))
    return Voice(
        address=address[len("mailto:") :] if address.lower().startswith("mailto:") else address,
        said=said or str(attendee.params.get("PARTSTAT", "")).lower(),
        words=" ".join("".join(char if char.isprintable() else " " for char in words).split()),
    )


def _first(value: Any) -> str:
    return str(value[0] if isinstance(value, list) else value)


def _moment(value: Any) -> datetime | None:
    """A time as a calendar writes it; a day begins here, and what names no zone is UTC, as DTSTAMP must be."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), ZONE) if isinstance(value, date) else None


def _date_of(message: Message) -> datetime | None:
    with suppress(ValueError, TypeError, OverflowError):
        return _moment(parsedate_to_datetime(str(message.get("Date", ""))))
    return None
