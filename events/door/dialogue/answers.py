"""What the door tells about the one invitation a link belongs to."""

from typing import NamedTuple

from events.models import DialogueRequest, DialogueRequestToken
from events.services.dialogue_requests import Outcome

__all__ = ["OURS", "Outcome", "Purpose", "Status", "View"]

Purpose = DialogueRequestToken.Purpose
Status = DialogueRequest.Status
OURS = ("handler", "answer")  # what the door keeps to itself


class View(NamedTuple):
    """The invitation behind a link, without what is ours."""

    purpose: str
    request: DialogueRequest

    @property
    def is_usable(self) -> bool:
        return self.purpose == Purpose.MANAGE or self.request.status == Status.PENDING
