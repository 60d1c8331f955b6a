"""What the door tells the owner about the one row their link belongs to. It names nobody."""

from typing import NamedTuple
from uuid import UUID


class View(NamedTuple):
    """Which row is asked about, and whether it has been answered; ``objected`` when the answer was a note."""

    question_id: UUID
    entry_id: int | None
    channel_id: int | None
    answered: bool
    objected: bool


class Outcome(NamedTuple):
    """``changed`` only the first time."""

    question_id: UUID
    changed: bool
