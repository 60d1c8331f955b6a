"""What the day holds for one officer: meetings, promises, who has gone quiet, what waits, own events."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby

from django.utils import timezone

from contacts.models import FollowUp, Organisation, Person
from contacts.services import invitations
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
    follow_ups = FollowUp.objects.visible_to(user).owned_by(user).with_contacts()
    of_today = follow_ups.meetings().filter(due_on=today)
    promised = list(follow_ups.open().promises().order_by("due_on", "created_at"))
    week = today + timedelta(days=7)
    mine = [Person.objects.visible_to(user).owned_by(user), Organisation.objects.visible_to(user).owned_by(user)]
    quiet = [list(contacts.most_past_first(today)[:100]) for contacts in mine]
    never = [list(contacts.never_talked().order_by("created_at")[:100]) for contacts in mine]
    invited = list(invitations.free(user)[:WAITING_SHOWN])
    proposals = _proposed(user)
    my_events = list(_my_events(user, today))
    later = [one for one in promised if one.due_on > week]
    return Day(
        meetings=list(of_today),
        events_today=[event for event in my_events if timezone.localdate(event.starts_at) == today],
        overdue=[one for one in promised if one.due_on < today],
        due_today=[one for one in promised if one.due_on == today],
        this_week=[one for one in promised if today < one.due_on <= week],
        later=later[0] if later else None,
        open_count=len(promised),
        quiet=_with_roles(sorted(chain(*quiet), key=lambda one: -how_far_past(one, today))[:QUIET_SHOWN], user),
        quiet_count=sum(map(len, quiet)),
        never=_with_roles(sorted(chain(*never), key=lambda one: one.created_at)[:NEVER_SHOWN], user),
        never_count=sum(map(len, never)),
        to_phone=_to_phone(user),
        invited=invited,
        proposals=proposals,
        proposal_count=len(invited) + sum(one.count for one in proposals),
        my_events=[event for event in my_events if event.ends_at > now][:EVENTS_SHOWN],
        untold=too_late(mine, now=now, most=UNTOLD_COUNTED),
    )


def _to_phone(user: User) -> list[Registration]:
    registrations = list(Registration.objects.visible_to(user).to_phone().select_related("event"))
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


def _with_roles(contacts: list[Person | Organisation], user: User) -> list[Person | Organisation]:
    """Each person with ``role``: the main role ``user`` may see, or None."""
    people = [contact for contact in contacts if isinstance(contact, Person)]
    put_main_roles(people, user)
    return contacts
