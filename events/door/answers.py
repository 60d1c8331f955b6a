"""What the door tells a visitor about the one registration their link belongs to."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from events.answer_words import Said, told
from events.models import Event, PartnerKind, Question, Registration, RegistrationToken, Sector
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
    sector: str
    proposed_by: str  # by the name a colleague typed; "" for those who came of themselves
    language: str
    offer_expires_at: datetime | None
    place: int  # among those who wait for the same; 0 for those who do not wait
    offers_out: int  # how many have been offered a seat and have not answered; 0 for those who do not wait
    answers: dict[str, Any]  # by Question.key
    event: Event
    questions: list[Question]  # of the event; those no longer asked too, for they may have been answered

    @property
    def sector_words(self) -> str:
        return str(Sector(self.sector).label) if self.sector else ""

    @property
    def kind_words(self) -> str:
        return str(PartnerKind(self.partner_kind).label) if self.partner_kind else ""

    @property
    def asked(self) -> list[Question]:
        return [question for question in self.questions if question.retired_at is None]

    @property
    def said(self) -> list[Said]:
        """What the registrant answered, in words."""
        return told(self.questions, self.answers)

    @property
    def is_usable(self) -> bool:
        """Whether the link can still do what it was sent for; one to confirm or accept works while that is open."""
        if self.purpose == Purpose.CONFIRM:
            return self.status == Status.PENDING
        if self.purpose == Purpose.SWAP:
            return self.status == Status.PENDING
        if self.purpose == Purpose.COME:
            return self.status == Status.CONFIRMED
        return self.purpose == Purpose.MANAGE or self.status == Status.OFFERED
