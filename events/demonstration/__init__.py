"""Twelve invented events with their registrations, relative to the day they are loaded. Nobody is sent a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any, Protocol

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from events.demonstration import asked, invitations
from events.demonstration.files import key, read
from events.models import Event, Material, Question, Registration, SeatCounter, Sector, Shown, person_key
from events.services import agenda, calendar, capacity, materials, planning, reconcile
from events.services.capacity import SeatPlan
from outreach.accounts.models import User
from outreach.places.models import Municipality

Status = Registration.Status
SHOWN = (Shown.HIDDEN, Shown.FULL, Shown.HIDDEN, Shown.ORGANISATION, Shown.INITIALS)


class Guest(Protocol):
    """Somebody who registers; ``contacts`` hands in the people it knows."""

    @property
    def name(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def role(self) -> str: ...


@dataclass(frozen=True)
class Visitor:
    """Somebody nobody knows yet."""

    name: str
    email: str
    organisation: str
    role: str
    needs: str = ""


@transaction.atomic
def load(*, officers: Sequence[User], guests: Sequence[Guest], today: date, now: datetime) -> list[Event]:
    """Make the events, registrations and invitations; those that are there already stay as they are."""
    visitors = [Visitor(**row) for row in read("visitors")]
    people = [*visitors, *guests]
    loaded = []
    for number, row in enumerate(read("events")):
        start = 7 * number % len(people)  # so that not the same people come to everything
        coming = people[start:] + people[:start]
        loaded.append(load_event(row, officers, coming, today=today, now=now))
    invitations.load(officers=officers, now=now)
    return loaded


@transaction.atomic
def remove() -> None:
    """Take the events away, with all registrations for them."""
    events = Event.objects.filter(pk__in=[key(row) for row in read("events")])
    Registration.objects.filter(event__in=events).delete()
    events.delete()
    invitations.remove()


def load_event(
    row: dict[str, Any], officers: Sequence[User], people: Sequence[Guest], *, today: date, now: datetime
) -> Event:
    """One event, its calendar entry and its registrations."""
    if known := Event.objects.filter(pk=key(row)).first():
        return known
    owner = officers[row["officer"]]
    event = Event(id=key(row), owner=owner, team=owner.teams.first(), **facts(row, today))
    event.slug = planning.free_slug(event)
    calendar.write_down(event, now=now)
    event.save(force_insert=True)
    capacity.begin(event, seat_plan(row, event))
    agenda.lay(event, [agenda.Line(day, time.fromisoformat(at), *told) for day, at, *told in row.get("agenda", [])])
    hand_out(event, row.get("files", []))
    questions = [ask(event, number, question) for number, question in enumerate(row.get("questions", []))]
    coming = list(zip(states(row), people, strict=False))
    made = Registration.objects.bulk_create(registrations(event, coming, now, questions))
    queued = sum(registration.queue_number is not None for registration in made)
    SeatCounter.objects.filter(event=event).update(last_queue_number=queued)
    reconcile.mend(event)
    event.seats.refresh_from_db()
    if "invited" in row:
        asked.load(event, row["invited"], people, now=now)
    return event


def ask(event: Event, order: int, row: dict[str, Any]) -> tuple[str, list]:
    """One question more than the form asks; under which key it is answered, and what the first ones answer in turn."""
    facts = {name: value for name, value in row.items() if name != "said"}
    return Question.objects.create(event=event, order=order, **facts).key, row["said"]


def hand_out(event: Event, files: Sequence[dict[str, Any]]) -> None:
    """Texts to download, for everybody or for those with a seat."""
    for file in files:
        facts = {name: value for name, value in file.items() if name != "text"}
        upload = SimpleUploadedFile(f"{slugify(file['title'])}.txt", file["text"].encode())
        materials.add(Material(event=event, **facts), upload, officer=event.owner)


def seat_plan(row: dict[str, Any], event: Event) -> SeatPlan:
    """The seats of the event; those held for a kind of partner are everybody's five days before it."""
    release_at = event.starts_at - timedelta(days=5)
    return SeatPlan(row["seats"], row.get("in_person"), row.get("at_home"), row.get("held", {}), release_at)


def facts(row: dict[str, Any], today: date) -> dict[str, Any]:
    """The fields of the event, its times on the clock people read."""
    zone = timezone.get_current_timezone()
    day = on_a_weekday(today + timedelta(days=row["day"]), back=row["day"] < 0)
    starts_at = datetime.combine(day, time.fromisoformat(row["at"]), zone)
    closes_on = day - timedelta(days=row.get("closes", 0))
    return {
        "kind": row["kind"],
        "title": row["title"],
        "public_title": row["public_title"],
        "audience": row["audience"],
        "audiences": row.get("audiences", []),
        "interpreter": row.get("interpreter", ""),
        "summary": row["summary"],
        "text_before": row.get("before", ""),
        "text_during": row.get("during", ""),
        "text_after": row.get("after", ""),
        "language": row.get("language", "da"),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=row["minutes"]),
        "registration_closes_at": datetime.combine(closes_on, time(12), zone) if "closes" in row else None,
        "venue_name": row["venue"],
        "venue_address": row["address"],
        "accessibility": row.get("access", ""),
        "municipality": Municipality.objects.filter(name=row["municipality"]).first(),
        "needs_approval": row.get("approval", False),
        "attendance": row.get("attendance", Event.Attendance.IN_PERSON),
        "status": row.get("status", Event.Status.PUBLISHED),
        "list_days_before": row.get("listed"),
        "visibility": row.get("visibility", Event.Visibility.PUBLIC),
    }


def on_a_weekday(day: date, *, back: bool) -> date:
    """The day, or the next weekday (the one before for what lies behind us)."""
    weekend = max(0, day.weekday() - 4)  # Saturday 1, Sunday 2
    return day - timedelta(days=weekend) if back else day + timedelta(days=(3 - weekend) % 3)


def states(row: dict[str, Any]) -> list[str]:
    """The state of each registration, in the order in which they came."""
    order = (Status.APPLIED, Status.CONFIRMED, Status.CANCELLED, Status.OFFERED, Status.WAITING, Status.PENDING)
    return [status for status in order for _ in range(row.get(status.value, 0))]


def registrations(
    event: Event, coming: Sequence[tuple[str, Guest]], now: datetime, questions: Sequence[tuple[str, list]]
) -> list[Registration]:
    """One registration every seven hours, the last one a few hours ago or before the event."""
    queue = count(1)
    last = min(now, event.starts_at - timedelta(days=1))
    made = []
    for number, (status, person) in enumerate(coming):
        created_at = last - timedelta(hours=7 * (len(coming) - number))
        registration = Registration(
            event=event,
            name=person.name,
            email=person.email,
            organisation=person.organisation,
            role=person.role,
            needs="" if event.ends_at < now else getattr(person, "needs", ""),
            sector=Sector.values[number % len(Sector.values)] if event.kind == Event.Kind.COURSE else "",
            answers={key: said[number % len(said)] for key, said in questions} if event.ends_at > now else {},
            folded_key=person_key(person.name, person.email),
            language=event.language,
            shown=SHOWN[number % len(SHOWN)] if event.list_days_before is not None else Shown.HIDDEN,
            mode=event.modes[number % 3 % len(event.modes)],  # every third online where one can choose
            status=status,
            created_at=created_at,
            consent_at=created_at,
            confirmed_at=None if status == Status.PENDING else created_at + timedelta(minutes=20),
            cancelled_at=created_at + timedelta(hours=5) if status == Status.CANCELLED else None,
        )
        if status in (Status.OFFERED, Status.WAITING):
            registration.queue_number = next(queue)
        if status == Status.OFFERED:
            registration.offer_expires_at = min(now + timedelta(hours=30), event.closes_at)
        made.append(registration)
    return made
