"""What a registrant is told about their own: what stands beside the registration, and all there is at one address."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from events.models import Event, PartnerKind, Registration, Shown
from events.services.seats import Outcome

__all__ = ["Listed", "Mail", "Outcome", "Own", "Participant", "Swap"]

Status = Registration.Status


class Swap(NamedTuple):
    """Who has been offered the seat, and until when they can take it."""

    name: str
    email: str
    until: datetime | None
    status: str

    @property
    def waits_for_us(self) -> bool:
        """Whether the colleague has said yes and an officer has not."""
        return self.status == Status.APPLIED


class Mail(NamedTuple):
    """A mail that was sent about the registration."""

    subject: str
    sent_at: datetime


class Own(NamedTuple):
    """What stands beside a registration."""

    shown: str
    wishes_mode: str
    held_for: str  # the kind of partner the seat is held for; "" for a seat for everybody
    swap: Swap | None
    mails: list[Mail]

    @property
    def shown_words(self) -> str:
        return str(Shown(self.shown).label)

    @property
    def held_words(self) -> str:
        return str(PartnerKind(self.held_for).label) if self.held_for else ""


class Participant(NamedTuple):
    """Somebody who comes, as they want to be seen: what they do not want to show is empty here already."""

    initials: str
    name: str
    organisation: str

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.initials or self.name, self.organisation]))


class Listed(NamedTuple):
    """One registration among those at an address, and its event."""

    email: str
    expires_at: datetime  # of the link that lists it
    registration_id: UUID
    status: str
    name: str
    mode: str
    place: int  # among those who wait for the same; 0 for those who do not wait
    offer_expires_at: datetime | None
    event: Event

    @property
    def is_live(self) -> bool:
        return self.status in Registration.LIVE

    def can_cancel(self, now: datetime) -> bool:
        return self.is_live and self.event.still_takes_place(now)
