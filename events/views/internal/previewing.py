"""How a mail will read, before the button that sends it is pressed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from events.models import Event, Registration
from outreach.mail.rendering import preview

Status = Registration.Status


@dataclass
class Foreseen:
    """A registration as a mail will find it: called “…” where it is anybody's."""

    event: Event
    name: str = "…"
    status: str = Status.CONFIRMED
    place: int = 0

    @property
    def manage_until(self) -> datetime:
        return Registration(event=self.event).manage_until

    @property
    def kept_until(self) -> datetime:
        return self.event.kept_until


def read(kind: str, about: Foreseen, *, language: str, **context: Any) -> dict:
    return {"language": language, "mail": preview(kind, about=about, language=language, context=context)}


def settled(registration: Registration, *, name: str) -> tuple[str, Foreseen]:
    """The mail to somebody who is settled now, and what it will find: a seat if there is one, else a place."""
    event = registration.event
    if event.has_seat_for(registration.mode, registration.partner_kind):
        return "events.confirmed", Foreseen(event, name)
    ahead = event.registrations.waiting().filter(mode=registration.mode).count()
    return "events.waiting", Foreseen(event, name, Status.WAITING, ahead + 1)
