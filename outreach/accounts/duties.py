"""What a colleague answers for in the apps above, in numbers: to be handed over when the account is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from .models import User


@dataclass(frozen=True)
class Duty:
    """``name`` such as "contacts"; ``count`` is asked for by an administrator, who sees none of them."""

    name: str | Promise
    count: Callable[[User, datetime], int]


DUTIES: list[Duty] = []


def register(duty: Duty) -> None:
    """For ``apps.ready``."""
    DUTIES.append(duty)


def duties_of(colleague: User, now: datetime) -> list[tuple[str | Promise, int]]:
    """Each kind of thing there is any of, and how many."""
    counted = [(duty.name, duty.count(colleague, now)) for duty in DUTIES]
    return [(name, count) for name, count in counted if count]
