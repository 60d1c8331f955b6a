"""What the day holds for one officer: meetings, promises, who has gone quiet, what waits, own events."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from contacts.models import Affiliation, FollowUp, Organisation, Person
from contacts.services import invitations
from contacts.services.counting import Counted
from contacts.services.happenings import TOLD_OF_PROMISES
from contacts.services.informing import too_late
from contacts.services.linking import waiting
from contacts.services.rhythm import how_far_past
from events.models import DialogueRequest, Event, Registration, SeatCounter
from events.seams import put_contacts
from outreach.accounts.models import User
from outreach.gathering import Gathered, made
from outreach.prepared import prepared

QUIET_SHOWN = 5
NEVER_SHOWN = 3
WAITING_SHOWN = 200
EVENTS_SHOWN = 5
EVENTS_READ = 20
SILENT_COUNTED = 100  # of people and of organisations
UNTOLD_COUNTED = 99

RHYTHM = ["id", "name", "rhythm_weeks", "last_dialogue_on", "talk_by", "status", "created_at"]
KIND = ["kind_id", "kind__name_da", "kind__name_en"]
ROLE = ["id", "role", "organisation_id", "organisation__name"]
EVENT = ["id", "title", "internal_title", "kind", "starts_at", "ends_at", "venue_name", "status"]
SEATS = [field.name for field in SeatCounter._meta.concrete_fields if not field.primary_key]
PLACE = ["municipality_id", "municipality__name"]
PROPOSALS_SHOWN = 4  # of invitations, and of events

Contact = Person | Organisation


@dataclass(frozen=True)
class Proposed:
    """Registrations for one event that wait for an officer."""

    event: Event
    count: int
    newest: datetime


@dataclass(frozen=True)
class Day:
    meetings: Sequence[FollowUp]
    events_today: Sequence[Event]
    overdue: Sequence[FollowUp]
    due_today: Sequence[FollowUp]
    this_week: Sequence[FollowUp]
    later: FollowUp | None  # the next promise after the coming week, for a page with nothing on it
    open_count: int
    quiet: Sequence[Person | Organisation]
    quiet_count: int
    never: Sequence[Person | Organisation]
    never_count: int
    to_phone: Sequence[Registration]  # a seat is held for them, and no mail can say so
    invited: Sequence[DialogueRequest]  # invitations to a dialogue nobody else has taken
    proposals: Sequence[Proposed]
    proposal_count: int
    my_events: Sequence[Event]
    untold: int  # of one's own, kept for longer than they may be without having been told

    @property
    def waiting(self) -> list[DialogueRequest | Proposed]:
        """The few proposals the page shows, those that came last first."""
        few: list[Any] = [*self.invited[:PROPOSALS_SHOWN], *self.proposals[:PROPOSALS_SHOWN]]
        return sorted(few, key=lambda one: one.newest if isinstance(one, Proposed) else one.confirmed_at, reverse=True)


def the_day(user: User, *, today: date, now: datetime) -> Day:
    """Read everything the front page of the workspace shows ``user``, in four queries at most."""
    week = today + timedelta(days=7)
    (desk,) = _desk(user, today=today)
    meetings, promised = _promised(user, today=today, week=week)
    quiet = sorted(_told_silent(desk, "quiet"), key=lambda one: -how_far_past(one, today))[:QUIET_SHOWN]
    never = sorted(_told_silent(desk, "never"), key=lambda one: one.created_at)[:NEVER_SHOWN]
    invited = made(DialogueRequest, desk.told_invited)
    proposals = _proposed(user) if desk.has_proposals else []
    my_events = _told_events(desk)
    later = [one for one in promised if one.due_on > week]
    return Day(
        meetings=meetings,
        events_today=[event for event in my_events if timezone.localdate(event.starts_at) == today],
        overdue=[one for one in promised if one.due_on < today],
        due_today=[one for one in promised if one.due_on == today],
        this_week=[one for one in promised if today < one.due_on <= week],
        later=later[0] if later else None,
        open_count=desk.open_count,
        quiet=quiet,
        quiet_count=desk.quiet_person + desk.quiet_organisation,
        never=never,
        never_count=desk.never_person + desk.never_organisation,
        to_phone=_to_phone(user) if desk.has_to_phone else [],
        invited=invited,
        proposals=proposals,
        proposal_count=len(invited) + sum(one.count for one in proposals),
        my_events=[event for event in my_events if event.ends_at > now][:EVENTS_SHOWN],
        untold=min(desk.untold_person + desk.untold_organisation, UNTOLD_COUNTED),
    )


@prepared
def _desk(user: User, *, today: date) -> QuerySet:
    """The user with how much there is of everything, and with the few rows that need no query of their own."""
    promises = FollowUp.objects.visible_to(user).owned_by(user).open().promises()
    events = _my_events(user, today).values(*EVENT, *(f"seats__{name}" for name in SEATS))
    invited = invitations.free(user).values("id", "organisation", "online", "confirmed_at", *PLACE)
    return (
        User.objects.filter(pk=user.pk)
        .annotate(**_numbers(Person, user, today), **_numbers(Organisation, user, today))
        .annotate(
            **_silent(user, today),
            open_count=Counted(promises.order_by().values("pk")),
            has_to_phone=Exists(_offered(user)),
            has_proposals=Exists(waiting(user)),
            told_invited=Gathered(invited[:WAITING_SHOWN]),
            told_events=Gathered(events[:EVENTS_READ]),
        )
        .only("pk")
    )


def _numbers(model: type[Person | Organisation], user: User, today: date) -> dict[str, Counted]:
    """How many of the user's own have gone quiet, were never talked with, or not told that we keep them."""
    owned, name = model.objects.owned_by(user), model._meta.model_name
    counted = {
        f"quiet_{name}": owned.quiet(today)[:SILENT_COUNTED],
        f"never_{name}": owned.never_talked().order_by("created_at")[:SILENT_COUNTED],
        f"untold_{name}": too_late(owned, today=today)[:UNTOLD_COUNTED],
    }
    return {name: Counted(rows.values("pk")) for name, rows in counted.items()}


def _promised(user: User, *, today: date, week: date) -> tuple[list[FollowUp], list[FollowUp]]:
    """Today's meetings, and the open promises until ``week`` with the first one after it."""
    found: list[FollowUp] = _follow_ups(user, today=today, week=week)
    meetings = sorted((one for one in found if one.is_meeting), key=lambda one: (one.starts_at, one.pk))
    return meetings, [one for one in found if not one.is_meeting]


@prepared
def _follow_ups(user: User, *, today: date, week: date) -> QuerySet:
    mine = FollowUp.objects.visible_to(user).owned_by(user)
    later = mine.open().promises().filter(due_on__gt=week).order_by("due_on", "created_at")
    shown = Q(starts_at=None, done_at=None) & (Q(due_on__lte=week) | Q(pk__in=later.values("pk")[:1]))
    rows = mine.filter(shown | Q(starts_at__isnull=False, due_on=today)).select_related("person", "organisation")
    return rows.only(*TOLD_OF_PROMISES, "person__name", "organisation__name").order_by("due_on", "created_at")


def _silent(user: User, today: date) -> dict[str, Gathered]:
    """The few of the user's own to show, which are thus seen; each person with the main role the user may see."""
    roles = Affiliation.objects.current().visible_to(user).filter(person=OuterRef("pk"))
    people = Person.objects.owned_by(user).annotate(main=Gathered(roles.values(*ROLE)[:1]))
    organisations = Organisation.objects.owned_by(user)
    found = {}
    for owned, *more in ((people, "main"), (organisations, *KIND)):
        name = owned.model._meta.model_name
        quiet, never = owned.most_past_first(today), owned.never_talked().order_by("created_at", "pk")
        found[f"told_quiet_{name}"] = Gathered(quiet.values(*RHYTHM, *more)[:QUIET_SHOWN])
        found[f"told_never_{name}"] = Gathered(never.values(*RHYTHM, *more)[:NEVER_SHOWN])
    return found


def _told_silent(desk: Any, state: str) -> list[Contact]:
    """Those with whom it is time to talk ("quiet"), or nobody has talked with ("never")."""
    people = []
    for row in getattr(desk, f"told_{state}_person"):
        main = row.pop("main")
        (person,) = made(Person, [row])
        person.role = next(iter(made(Affiliation, json.loads(main) if isinstance(main, str) else main)), None)
        people.append(person)
    return [*people, *made(Organisation, getattr(desk, f"told_{state}_organisation"))]


def _offered(user: User) -> QuerySet[Registration]:
    return Registration.objects.visible_to(user).to_phone()


def _to_phone(user: User) -> list[Registration]:
    registrations = list(_offered(user).select_related("event"))
    put_contacts(user, registrations)
    return registrations


def _proposed(user: User) -> list[Proposed]:
    groups = groupby(_registrations_waiting(user), key=lambda registration: registration.event)
    return [Proposed(event, len(rows), rows[0].created_at) for event, group in groups if (rows := list(group))]


@prepared
def _registrations_waiting(user: User) -> QuerySet:
    rows = waiting(user).select_related("event").order_by("event__starts_at", "event", "-created_at")
    return rows.only("created_at", "event__title", "event__internal_title", "event__starts_at")[:WAITING_SHOWN]


def _my_events(user: User, today: date) -> QuerySet[Event]:
    """Events of today, and coming ones, that ``user`` owns: what was said this morning is logged."""
    midnight = timezone.make_aware(datetime.combine(today, time.min))
    return Event.objects.coming(midnight).filter(owner=user).exclude(status=Event.Status.CANCELLED)


def _told_events(desk: Any) -> list[Event]:
    """Each with its seats."""
    events = []
    for row in desk.told_events:
        seats = {name: row.pop(f"seats__{name}") for name in SEATS}
        (event,) = made(Event, [row])
        event.seats = SeatCounter(event=event, **seats)
        events.append(event)
    return events
