"""Who asks what: an upper app registers checks of its own in ``apps.ready``, in every process."""

from collections.abc import Callable, Iterator
from typing import NamedTuple


class Finding(NamedTuple):
    about: str
    wrong: str
    do: str


Check = Callable[[], Iterator[Finding]]
_registered: list[Check] = []


def register(check: Check) -> None:
    _registered.append(check)


def findings() -> list[Finding]:
    return [finding for check in _registered for finding in check()]
