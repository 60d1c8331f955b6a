"""The calendar never lies: stable UID, growing SEQUENCE, CANCEL when cancelled (product.md, rule 5).

The VEVENT of an event is written when the event changes and stored with it; files and the feed join stored texts.
Only the neutral title goes in: calendars are read over shoulders.
"""

from datetime import datetime, timedelta
from email.utils import parseaddr
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.models import Event, Registration
from outreach.links import public_url

from . import ics
from .narrowing import Narrowing

REFRESH = "PT6H"
MIMETYPE = "text/calendar; charset=utf-8"


def write_down(event: Event, *, now: datetime) -> None:
    """Store the event's VEVENT as of its present sequence, in memory; the caller saves."""
    event.ics_text = ics.written(
        [
            "BEGIN:VEVENT",
            f"UID:{uid(event.pk)}",
            *facts(event, now=now, sequence=event.sequence, cancelled=event.status == Event.Status.CANCELLED),
            "END:VEVENT",
        ]
    )


def file(event: Event) -> str:
    """One event to add to a calendar."""
    return ics.calendar([event.ics_text])


def feed(narrowing: Narrowing, *, now: datetime, language: str) -> str:
    """The announced events that are asked for, to subscribe to; a cancelled one stays in it as cancelled."""
    events = Event.objects.in_feed(now).narrowed_to(narrowing)
    return ics.calendar(events.values_list("ics_text", flat=True), properties=_of_feed(narrowing, language))


def feed_state(narrowing: Narrowing, *, now: datetime, language: str, version: str) -> tuple[str, datetime]:
    """A word that is another after every change of what ``feed`` answers, without making it; and until when it holds.

    The content ``version`` tells of all that is written; by the clock alone entries only leave, so their number tells.
    """
    held = Event.objects.in_feed(now).narrowed_to(narrowing).leave_feed_at()
    frame = ics.calendar([], properties=_of_feed(narrowing, language))
    tomorrow = now + timedelta(days=1)
    return ics.state(f"{version} {narrowing.query} {len(held)} {frame}"), min([tomorrow, *held])


def _of_feed(narrowing: Narrowing, language: str) -> list[str]:
    with translation.override(language):
        name = _("Meetings – %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}
        name = " · ".join([name, *narrowing.words])
    return [
        f"NAME:{ics.text(name)}",
        f"X-WR-CALNAME:{ics.text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]


def invitation(registration: Registration, *, now: datetime) -> str:
    """The seat of one person, to come with the mail that confirms it or tells of a change."""
    return _mailed(registration, method="REQUEST", now=now, sequence=registration.event.sequence, cancelled=False)


def withdrawal(registration: Registration, *, now: datetime) -> str:
    """Takes that entry out again. One sequence ahead: some programs pass over a CANCEL that is not newer."""
    return _mailed(registration, method="CANCEL", now=now, sequence=registration.event.sequence + 1, cancelled=True)


def kept(event: Event, registration_id: UUID) -> str:
    """The same entry as a file: adding it makes no second one beside the mailed. It names nobody and holds no link."""
    called_off = event.status == Event.Status.CANCELLED
    return ics.calendar(
        [
            ics.written(
                [
                    "BEGIN:VEVENT",
                    f"UID:{uid(registration_id)}",
                    *facts(event, now=event.updated_at, sequence=event.sequence, cancelled=called_off),
                    "END:VEVENT",
                ]
            )
        ]
    )


def uid(pk: UUID) -> str:
    """The same for ever: by it a program finds the entry that a later mail or file changes or removes."""
    return f"{pk}@{settings.CALENDAR_DOMAIN or urlsplit(settings.PUBLIC_BASE_URL).hostname}"


def facts(event: Event, *, now: datetime, sequence: int, cancelled: bool) -> list[str]:
    """When, where and what, in the language of the event."""
    called_off = event.status == Event.Status.CANCELLED  # one who stays away does not call off the meeting
    with translation.override(event.language):
        title = _("Cancelled: %(title)s") % {"title": event.public_title} if called_off else event.public_title
        places = [event.venue_name, event.venue_address, _("Online") if event.online else ""]
    lines = [
        f"DTSTAMP:{ics.utc(now)}",
        f"LAST-MODIFIED:{ics.utc(now)}",
        f"SEQUENCE:{sequence}",
        *_times(event),
        f"SUMMARY:{ics.text(title)}",
        f"LOCATION:{ics.text(', '.join(filter(None, places)))}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
    ]
    if event.has_public_page:
        lines.append(f"URL:{public_url('events:event', event.slug, language=event.language)}")
    return lines


def _times(event: Event) -> list[str]:
    """When it begins and ends; of whole days the end is the day after the last (RFC 5545 §3.6.1)."""
    if event.whole_days:
        return [ics.day("DTSTART", event.days[0]), ics.day("DTEND", event.days[-1] + timedelta(days=1))]
    return [ics.local("DTSTART", event.starts_at), ics.local("DTEND", event.ends_at)]


def _mailed(registration: Registration, *, method: str, now: datetime, sequence: int, cancelled: bool) -> str:
    """A calendar for one recipient (RFC 5546); accepted already, so that no program asks or answers."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid(registration.pk)}",
        *facts(registration.event, now=now, sequence=sequence, cancelled=cancelled),
        f"ORGANIZER;CN={ics.parameter(name)}:{ics.mailto(address)}",
        f"ATTENDEE;CN={ics.parameter(registration.name)};PARTSTAT=ACCEPTED;RSVP=FALSE:{ics.mailto(registration.email)}",
        "END:VEVENT",
    ]
    return ics.calendar([ics.written(lines)], properties=[f"METHOD:{method}"])
