"""A new event like an old one: everything that was planned, nobody who came."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from events.models import Event, HeldSeats
from events.seams import copy_parts
from outreach.accounts.models import User

from . import agenda, capacity, materials, planning, questions, reminders
from .capacity import SeatPlan

# What a copy has of its own: who made it, when, how far it has come, and where it is found.
OF_ITS_OWN = {"id", "slug", "title_key", "status", "owner", "sequence", "ics_text", "created_at", "updated_at"}


@transaction.atomic
def copy(event: Event, *, day: date, officer: User, now: datetime, key: UUID | None = None) -> Event:
    """A draft of the officer's that begins on ``day``: all that was planned, at the same hours.

    Programme, seats, questions and reminders come along, registrations do not. Every moment moves by as many days. Its
    team is the same if the officer is in it. Raises IntegrityError when there is an event with this ``key`` already.
    """
    days = (day - timezone.localdate(event.starts_at)).days
    facts = {name: moved(value, days) for name, value in copied(event).items()}
    if event.team_id and not officer.teams.filter(pk=event.team_id).exists():
        facts["team"] = None
    made = planning.plan(facts, seats=seats_of(event, days, now=now), officer=officer, now=now, key=key)
    questions.ask_again(event, made)
    reminders.remind_again(event, made)
    agenda.lay(made, agenda.current(event))
    copy_parts(event, made)
    materials.hand_on(event, made, officer=officer)
    return made


def copied(event: Event) -> dict[str, Any]:
    """The fields a copy takes over; whatever is added to an event is one of them until it is said to be none."""
    fields = [field.name for field in event._meta.concrete_fields if field.name not in OF_ITS_OWN]
    return {name: getattr(event, name) for name in fields}


def seats_of(event: Event, days: int, *, now: datetime) -> SeatPlan:
    """The seats as planned; those held too whose time has come meanwhile, for the copy's has not."""
    plan = capacity.current(event)
    pools = [pool for pool in HeldSeats.objects.filter(event=event) if not pool.released or pool.release_at <= now]
    release_at = max((pool.release_at for pool in pools), default=None)
    held = {pool.kind: pool.seats for pool in pools}
    return plan._replace(held=held, release_at=moved(release_at, days))


def moved(value: Any, days: int) -> Any:
    """A moment as many days later at the same hour on the clock people read; anything else as it is."""
    if not isinstance(value, datetime):
        return value
    here = timezone.localtime(value)
    return datetime.combine(here.date() + timedelta(days=days), here.time(), timezone.get_current_timezone())
