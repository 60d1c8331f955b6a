"""What the door tells about the address a link belongs to."""

from enum import StrEnum
from typing import NamedTuple


class Purpose(StrEnum):
    """What a link was made for. The one to manage a registration also leads to what its address wants."""

    CHOOSE = "choose"
    STOP = "stop"
    MANAGE = "manage"


CHOOSING = (Purpose.CHOOSE, Purpose.MANAGE)


class View(NamedTuple):
    purpose: str
    address: str
    unwanted: list[str]
