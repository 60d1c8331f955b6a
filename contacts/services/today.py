"""What the day holds for one officer: meetings, promises, who has gone quiet, what waits, own events."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby

from django.db.models import Q
from django.utils import timezone

from contacts.models import FollowUp, Organisation, Person
from contacts.models.visibility import ContactQuerySet
from contacts.services import invitations
from contacts.services.counting import Counted
from contacts.services.informing import too_late
from contacts.services.keeping import put_main_roles
from contacts.services.linking import waiting
from contacts.services.rhythm import how_far_past
from events.models import DialogueRequest, Event, Registration
from events.seams import put_contacts
from outreach.accounts.models import User

QUIET_SHOWN = 5
NEVER_SHOWN = 3
WAITING_SHOWN = 200
EVENTS_SHOWN = 5
SILENT_COUNTED = 100  # of people and of organisations
UNTOLD_COUNTED = 99


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


def the_day(user: User, *, today: date, now: datetime) -> Day:
    """Read everything the front page of the workspace shows ``user``, in a fixed number of queries."""
    week = today + timedelta(days=7)
    meetings, promised, open_count = _promised(user, today=today, week=week)
    organisations = Organisation.objects.visible_to(user).owned_by(user).select_related("kind")
    mine = [Person.objects.visible_to(user).owned_by(user), organisations]
    silent = _silent(mine, user=user, today=today)
    invited = list(invitations.free(user)[:WAITING_SHOWN])
    proposals = _proposed(user)
    my_events = list(_my_events(user, today))
    later = [one for one in promised if one.due_on > week]
    return Day(
        meetings=meetings,
        events_today=[event for event in my_events if timezone.localdate(event.starts_at) == today],
        overdue=[one for one in promised if one.due_on < today],
        due_today=[one for one in promised if one.due_on == today],
        this_week=[one for one in promised if today < one.due_on <= week],
        later=later[0] if later else None,
        open_count=open_count,
        quiet=silent.quiet,
        quiet_count=silent.quiet_count,
        never=silent.never,
        never_count=silent.never_count,
        to_phone=_to_phone(user),
        invited=invited,
        proposals=proposals,
        proposal_count=len(invited) + sum(one.count for one in proposals),
        my_events=[event for event in my_events if event.ends_at > now][:EVENTS_SHOWN],
        untold=too_late(mine, now=now, most=UNTOLD_COUNTED),
    )


def _promised(user: User, *, today: date, week: date) -> tuple[list[FollowUp], list[FollowUp], int]:
    """Today's meetings, the open promises until ``week`` with the first one after it, and how many are open."""
    mine = FollowUp.objects.visible_to(user).owned_by(user)
    promises = mine.open().promises()
    later = promises.filter(due_on__gt=week).order_by("due_on", "created_at")
    shown = Q(starts_at=None, done_at=None) & (Q(due_on__lte=week) | Q(pk__in=later.values("pk")[:1]))
    rows = mine.filter(shown | Q(starts_at__isnull=False, due_on=today)).select_related("person", "organisation")
    rows = rows.annotate(open_count=Counted(promises.order_by().values("pk")))
    found = list(rows.order_by("due_on", "created_at"))
    meetings = sorted((one for one in found if one.is_meeting), key=lambda one: (one.starts_at, one.pk))
    return meetings, [one for one in found if not one.is_meeting], found[0].open_count if found else 0


@dataclass(frozen=True)
class Silent:
    """With whom it is time to talk, those to show and how many."""

    quiet: list[Person | Organisation]
    quiet_count: int
    never: list[Person | Organisation]
    never_count: int


def _silent(mine: Iterable[ContactQuerySet], *, user: User, today: date) -> Silent:
    """A query for people, one for organisations, and one for the roles of both."""
    found = [list(_silent_among(contacts, user, today)) for contacts in mine]
    rows = list(chain(*found))
    quiet = [one for one in rows if one.talk_by and one.talk_by <= today]
    never = [one for one in rows if one.last_dialogue_on is None]
    silent = Silent(
        quiet=sorted(quiet, key=lambda one: -how_far_past(one, today))[:QUIET_SHOWN],
        quiet_count=sum(contacts[0].quiet_count for contacts in found if contacts),
        never=sorted(never, key=lambda one: one.created_at)[:NEVER_SHOWN],
        never_count=sum(contacts[0].never_count for contacts in found if contacts),
    )
    put_main_roles([one for one in (*silent.quiet, *silent.never) if isinstance(one, Person)], user)
    return silent


def _silent_among(contacts: ContactQuerySet, user: User, today: date) -> ContactQuerySet:
    """The few to show of ``contacts``, all of them ``user``'s own and thus seen; each row says how many there are."""
    owned = contacts.model.objects.owned_by(user)
    quiet, never = owned.most_past_first(today), owned.never_talked().order_by("created_at")
    shown = Q(pk__in=quiet.values("pk")[:QUIET_SHOWN]) | Q(pk__in=never.values("pk")[:NEVER_SHOWN])
    return contacts.filter(shown).annotate(
        quiet_count=Counted(owned.quiet(today).order_by().values("pk")[:SILENT_COUNTED]),
        never_count=Counted(never.order_by().values("pk")[:SILENT_COUNTED]),
    )


def _to_phone(user: User) -> list[Registration]:
    registrations = list(Registration.objects.visible_to(user).to_phone().select_related("event"))
    if registrations:
        put_contacts(user, registrations)
    return registrations


def _proposed(user: User) -> list[Proposed]:
    registrations = waiting(user).select_related("event").order_by("event__starts_at", "event", "-created_at")
    groups = groupby(registrations[:WAITING_SHOWN], key=lambda registration: registration.event)
    return [Proposed(event, len(rows), rows[0].created_at) for event, group in groups if (rows := list(group))]


def _my_events(user: User, today: date) -> Sequence[Event]:
    """Events of today, and coming ones, that ``user`` owns, with their seats: what was said this morning is logged."""
    return (
        Event.objects.coming(timezone.make_aware(datetime.combine(today, time.min)))
        .with_seats()
        .filter(owner=user)
        .exclude(status=Event.Status.CANCELLED)[:20]
    )
