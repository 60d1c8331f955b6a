"""The programme of an event as an officer lays it out, whole each time."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import NamedTuple

from django.db import transaction

from events.models import AgendaItem, Event, WrongMove
from outreach.accounts.models import User

from . import planning


class Line(NamedTuple):
    """One session; ``day`` counts from 1."""

    day: int
    at: time
    title: str
    speakers: str = ""


@transaction.atomic
def arrange(event: Event, lines: Iterable[Line], *, officer: User, now: datetime) -> None:
    """Put these lines in place of those there are; nobody is mailed. Raises WrongMove for a cancelled event."""
    event = planning.claim(event)
    if event.status == Event.Status.CANCELLED:
        raise WrongMove("A cancelled event cannot be changed.")
    wanted = sorted(lines)
    if wanted == current(event):
        return
    AgendaItem.objects.filter(event=event).delete()
    lay(event, wanted)
    planning.keep(event, officer=officer, now=now, reason="programme")


def lay(event: Event, lines: Iterable[Line]) -> None:
    """Give a programme to an event that has none."""
    AgendaItem.objects.bulk_create(AgendaItem(event=event, **line._asdict()) for line in lines)


def current(event: Event) -> list[Line]:
    """The lines as they stand, in order."""
    return sorted(Line(item.day, item.at, item.title, item.speakers) for item in event.agenda.all())
