"""What the door tells a visitor about the one registration their link belongs to."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from events.models import Event, Registration, RegistrationToken
from events.services.seats import Outcome

__all__ = ["Outcome", "View"]

Purpose = RegistrationToken.Purpose
Status = Registration.Status


class View(NamedTuple):
    """The registration behind a link, and its event, which may be one that only the invited can read."""

    registration_id: UUID
    purpose: str
    status: str
    name: str
    email: str
    organisation: str
    role: str
    needs: str
    mode: str
    partner_kind: str
    language: str
    offer_expires_at: datetime | None
    place: int  # among those who wait for the same; 0 for those who do not wait
    offers_out: int  # how many have been offered a seat and have not answered; 0 for those who do not wait
    event: Event

    @property
    def is_usable(self) -> bool:
        """Whether the link can still do what it was sent for; one to confirm or accept works while that is open."""
        if self.purpose == Purpose.CONFIRM:
            return self.status == Status.PENDING
        if self.purpose == Purpose.COME:
            return self.status == Status.CONFIRMED
        return self.purpose == Purpose.MANAGE or self.status == Status.OFFERED
