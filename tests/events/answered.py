"""Answers to the entry of a seat, as different calendars mail them."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from django.utils import timezone

from events.models import Registration
from events.services import calendar

MAIL = """\
From: {sender}
To: Center <svar-ikke@center.example>
Subject: Afslag: møde
Date: {date}
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b1"

--b1
Content-Type: text/plain; charset=utf-8

Ana kommer ikke.
--b1
Content-Type: {type}
{encoding}
{content}
--b1--
"""


def ago(hours: float = 1) -> datetime:
    return timezone.now() - timedelta(hours=hours)


def entry(seat: Registration, partstat="DECLINED", *, method="REPLY", at=None, **changed) -> str:
    """The calendar of an answer; ``None`` leaves a line out."""
    stamp = (at or ago()).astimezone(UTC)
    lines = {
        "DTSTAMP": f"{stamp:%Y%m%dT%H%M%SZ}",
        "UID": calendar.uid(seat.pk),
        "SEQUENCE": seat.event.sequence,
        "ATTENDEE": f";CN=Ana;PARTSTAT={partstat}:mailto:{seat.email}",
        "COMMENT": None,
        "DTSTART": "20261202T153000Z",
        **changed,
    }
    written = [
        f"{name}{'' if str(value).startswith(';') else ':'}{value}"
        for name, value in lines.items()
        if value is not None
    ]
    head = ["BEGIN:VCALENDAR", "PRODID:-//X//Y//EN", "VERSION:2.0", f"METHOD:{method}", "BEGIN:VEVENT"]
    return "\r\n".join([*head, *written, "END:VEVENT", "END:VCALENDAR", ""])


def mail(content: str, *, sender="Ana <ana@example.org>", at=None, type="text/calendar; charset=utf-8; method=REPLY"):
    date = format_datetime(at or ago())
    return MAIL.format(sender=sender, date=date, type=type, encoding="", content=content).encode()


def google(seat: Registration, partstat="DECLINED", **more) -> bytes:
    """With the words in the attendee, and the same once more as a file in base64."""
    facts = f'CUTYPE=INDIVIDUAL;PARTSTAT={partstat};X-NUM-GUESTS=0;X-RESPONSE-COMMENT="Jeg er syg"'
    content = entry(seat, ATTENDEE=f";{facts}:mailto:{seat.email}", **more)
    coded = b64encode(content.encode()).decode()
    file = f'Content-Type: application/ics; name="invite.ics"\nContent-Transfer-Encoding: base64\n\n{coded}'
    return mail(f"{content}\n--b1\n{file}", at=more.get("at"))


def outlook(seat: Registration, partstat="DECLINED", **more) -> bytes:
    """In UTF-16 and base64, addresses in capitals, the words as a comment in a language."""
    attendee = f";PARTSTAT={partstat};CN=ANA:MAILTO:{seat.email.upper()}"
    content = entry(seat, ATTENDEE=attendee, COMMENT=";LANGUAGE=da-DK:Jeg er på ferie\\, desværre\\n", **more)
    coded = b64encode(content.encode("utf-16")).decode()
    encoding = "Content-Transfer-Encoding: base64\n"
    date = format_datetime(more.get("at") or ago())
    kind = "text/calendar; charset=utf-16; method=REPLY"
    return MAIL.format(sender=seat.email, date=date, type=kind, encoding=encoding, content=coded).encode()


def apple(seat: Registration, partstat="DECLINED", **more) -> bytes:
    """From another address of theirs, the entry sent as a file alone."""
    head = f"From: ana@me.example\nDate: {format_datetime(more.get('at') or ago())}\n"
    return f"{head}Content-Type: text/calendar; name=x.ics\n\n{entry(seat, partstat, **more)}".encode()


def sent_on(raw: bytes) -> bytes:
    """By a colleague, as an attachment."""
    head = "From: ida@center.example\nMIME-Version: 1.0\nDate: Sat, 28 Nov 2026 10:00:00 +0100\n"
    head += 'Content-Type: multipart/mixed; boundary="outer"\n\n--outer\nContent-Type: text/plain\n\nSe her.\n'
    return f"{head}--outer\nContent-Type: message/rfc822\n\n{raw.decode()}\n--outer--\n".encode()
