"""Calendar text as RFC 5545 wants it: escaping, folding, and one time zone that is written out right.

``icalendar`` is not used to write: it needs 450 ms for a thousand events, and the time zone it adds has the spring
change an hour late (findings.md, "Calendar"). The tests read everything back with it.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Copenhagen")
PRODID = "-//Outreach//Events//DA"

# Summer time begins on the last Sunday of March at 02:00 and ends on the last Sunday of October at 03:00 local time.
VTIMEZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Copenhagen",
    "BEGIN:STANDARD",
    "DTSTART:19961027T030000",
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZNAME:CET",
    "END:STANDARD",
    "BEGIN:DAYLIGHT",
    "DTSTART:19810329T020000",
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
    "TZOFFSETFROM:+0100",
    "TZOFFSETTO:+0200",
    "TZNAME:CEST",
    "END:DAYLIGHT",
    "END:VTIMEZONE",
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LINE_OCTETS = 75


def text(value: str) -> str:
    """A TEXT value (RFC 5545 §3.3.11)."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return CONTROL.sub("", value)


def parameter(value: str) -> str:
    """A quoted parameter value, which can hold neither double quotes nor line breaks (RFC 5545 §3.2)."""
    return '"' + CONTROL.sub("", value.replace("\n", " ").replace('"', "'")) + '"'


def mailto(address: str) -> str:
    return "mailto:" + quote(address, safe="@+!#$&'*/=^_`{|}~.-")


def utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def local(name: str, moment: datetime) -> str:
    """A property with local time and zone; UTC in the one hour of the year whose local time comes a second time."""
    here = moment.astimezone(ZONE)
    if here.fold:
        return f"{name}:{utc(moment)}"
    return f"{name};TZID=Europe/Copenhagen:{here:%Y%m%dT%H%M%S}"


def day(name: str, moment: date) -> str:
    """A property that is a day (RFC 5545 §3.3.4)."""
    return f"{name};VALUE=DATE:{moment:%Y%m%d}"


def written(lines: Iterable[str]) -> str:
    """The lines as octets travel: CRLF after each, none longer than 75 octets, no character cut in two (§3.1)."""
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line))


def folded(line: str) -> list[str]:
    pieces = [""]
    size = 0
    for char in line:
        octets = len(char.encode())
        if size + octets > LINE_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += octets
    return pieces


def calendar(vevents: Iterable[str], *, properties: Iterable[str] = ()) -> str:
    """A whole calendar around stored VEVENT texts."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODID}", "CALSCALE:GREGORIAN", *properties, *VTIMEZONE)
    return written(head) + "".join(vevents) + written(["END:VCALENDAR"])


def state(content: str) -> str:
    """The entity tag of what is answered: the same for the same text."""
    return f'"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'
