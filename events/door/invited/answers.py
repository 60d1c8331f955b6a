"""What the door tells about the one invitation a link belongs to."""

from typing import NamedTuple

from events.models import Event, Invitation, Question
from events.services.seats import Outcome

__all__ = ["OURS", "Outcome", "View"]

OURS = ("invited_by", "named_by", "named_name", "named_email")  # what the door keeps to itself


class View(NamedTuple):
    """The invitation behind a link. The event, which may be one nobody else can read, has its seats and programme."""

    invitation: Invitation
    event: Event | None  # None: withdrawn, so there is nothing to tell
    questions: list[Question]
    registered: str  # the state of the registration that came of it, if one stands; "" for none
    used: int  # how many have used a link of several seats

    @property
    def left(self) -> int:
        """How many more can use a link of several seats."""
        return max(0, (self.invitation.uses or 0) - self.used)
