"""Whom a dialogue was with: what the log form offers to choose from, and what a choice means.

Everything offered is read through ``visible_to``; a value somebody made up is simply not among the choices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import Dialogue, FollowUp, Organisation, Person, RegistrationLink
from contacts.models.visibility import may_read
from contacts.services.happenings import with_participants
from contacts.services.in_order import is_among_newest_of
from contacts.services.keeping import put_main_roles, saying_main_role, with_main_roles
from events.models import Event
from events.seams import EventLink
from outreach.accounts.models import User
from outreach.prepared import prepared

FOUND = 6  # of each kind
RECENT = 3
LATEST_EVENTS = 25
AT_EVENT = 30  # people of one event on offer
KINDS = ("person", "organisation")


@dataclass(frozen=True)
class Who:
    """One choice: a planned conversation, a person or an organisation."""

    value: str  # "meeting:…", "person:…" or "organisation:…"
    title: str
    detail: str
    people: Sequence[Person] = ()
    organisations: Sequence[Organisation] = ()
    also: Organisation | None = None  # where the person holds the main role
    meeting: FollowUp | None = None
    clock: time | None = None
    kind: str = Dialogue.Kind.MEETING

    def __str__(self) -> str:
        return f"{self.title}, {self.detail}" if self.detail else self.title


def choices(
    user: User, *, today: date, chosen: str = "", text: str = "", event: UUID | str | None = None
) -> list[Who]:
    """The one ``chosen`` already, what ``text`` finds, who was at ``event``, today's plans; without any, the latest
    talks.

    Among today's plans alone the chosen one keeps its place.
    """
    meetings, sought = [_meeting(one) for one in _meetings_of(user, today=today)], bool(text.strip())
    picked = [who for who in _chosen(user, chosen) if sought or who not in meetings]
    there = at_event(user, event) if _key(event) else []
    offered = [*picked, *(found(user, text) if sought else []), *there, *meetings]
    return list({who.value: who for who in offered or _recent(user)}.values())


def found(user: User, text: str) -> list[Who]:
    """People and organisations ``text`` finds, best first."""
    people = Person.objects.visible_to(user).best_found(text, FOUND)
    organisations = Organisation.objects.visible_to(user).best_found(text, FOUND)
    return [*_people(people, user), *_organisations(organisations)]


def among(user: User, values: Iterable[str]) -> list[Who]:
    """Whom ``values`` stand for, in their order, as far as ``user`` may see them; several of a kind in one query."""
    values = list(dict.fromkeys(values))
    if len(values) < 2:
        return [who for value in values for who in _chosen(user, value)]
    keys = {
        what: [_key(value.partition(":")[2]) for value in values if value.startswith(f"{what}:")] for what in KINDS
    }
    people, organisations = ([key for key in keys[what] if key] for what in KINDS)
    named = _people(Person.objects.visible_to(user).filter(pk__in=people), user) if people else []
    if organisations:
        named += _organisations(Organisation.objects.visible_to(user).filter(pk__in=organisations))
    found = {who.value: who for who in named}
    return [found[value] for value in values if value in found]


@prepared
def _meetings_of(user: User, *, today: date) -> QuerySet[FollowUp]:
    meetings = FollowUp.objects.visible_to(user).owned_by(user).open().meetings()
    return meetings.filter(due_on=today).with_contacts()


def _meeting(meeting: FollowUp) -> Who:
    names = [contact.name for contact in (meeting.organisation, meeting.person) if contact]
    detail = [meeting.get_kind_display(), *names[1:]] if names else [meeting.get_kind_display()]
    return Who(
        value=f"meeting:{meeting.pk}",
        title=names[0] if names else meeting.title,
        detail=" · ".join(word for word in detail if word),
        people=[meeting.person] if meeting.person else [],
        organisations=[meeting.organisation] if meeting.organisation else [],
        meeting=meeting,
        clock=meeting.starts_at,
        kind=meeting.kind or Dialogue.Kind.MEETING,
    )


def _chosen(user: User, value: str) -> list[Who]:
    what, _colon, key = value.partition(":")
    try:
        pk = UUID(key)
    except ValueError:
        return []
    match what:
        case "meeting":
            meetings = FollowUp.objects.visible_to(user).owned_by(user).open().meetings()
            return [_meeting(meeting) for meeting in meetings.with_contacts().filter(pk=pk)]
        case "person":
            return [_person(person) for person in with_main_roles(_the_person(Person(pk=pk), user))]
        case "organisation":
            return _organisations(Organisation.objects.visible_to(user).filter(pk=pk))
    return []


@prepared
def _the_person(person: Person, user: User) -> QuerySet[Person]:
    return saying_main_role(Person.objects.visible_to(user).filter(pk=person.pk), user)


def _recent(user: User) -> list[Who]:
    """Whom ``user`` talked with last."""
    talks = with_participants(_latest_talks(user))
    people = [person for talk in talks for person in talk.seen_people[:1]]
    organisations = [one for talk in talks if not talk.seen_people for one in talk.seen_organisations]
    return [*_people(people, user), *_organisations(organisations[:RECENT])]


@prepared
def _latest_talks(user: User) -> QuerySet[Dialogue]:
    latest = Dialogue.objects.visible_to(user).filter(is_among_newest_of(user, start=0, most=RECENT))
    return latest.only("pk").gathering_participants(user).newest_first()


def _people(people: Iterable[Person], user: User) -> list[Who]:
    people = list(people)
    put_main_roles(people, user)
    return [_person(person) for person in people]


def _person(person: Person) -> Who:
    role: Any = person.role  # from put_main_roles or with_main_roles
    return Who(
        value=f"person:{person.pk}",
        title=person.name,
        detail=f"{role.role}, {role.organisation}" if role else "",
        people=[person],
        # A restricted person leaves no trace on an organisation that others may see.
        also=role.organisation if role and not person.restricted else None,
    )


def _organisations(organisations: Iterable[Organisation]) -> list[Who]:
    organisations = list(organisations)
    prefetch_related_objects(organisations, "kind")
    return [
        Who(
            value=f"organisation:{organisation.pk}",
            title=organisation.name,
            detail=str(organisation.kind),
            organisations=[organisation],
        )
        for organisation in organisations
    ]


def known_events(user: User) -> QuerySet[Event]:
    """Every event ``user`` may know of."""
    return Event.objects.filter(pk__in=Event.objects.seen_by(user).values("pk"))


@prepared
def _events_held(user: User, *, today: date) -> QuerySet[Event]:
    held = known_events(user).filter(starts_at__date__lte=today)
    return held.only("title", "internal_title", "starts_at").order_by("-starts_at", "pk")[:LATEST_EVENTS]


def latest_events(user: User, *, today: date, chosen: UUID | str | None = None) -> list[Event]:
    """The latest that ``user`` may know of and that were held by ``today``, the ``chosen`` one first."""
    latest: list[Event] = _events_held(user, today=today)
    key = _key(chosen)
    if key and key not in {event.pk for event in latest}:
        latest = [*known_events(user).filter(pk=key), *latest]
    return latest


def at_event(user: User, event: UUID | str | None) -> list[Who]:
    """The people ``user`` may see who were registered for an event they may know of."""
    events = Event.objects.seen_by(user).filter(pk=_key(event))
    links = RegistrationLink.objects.visible_to(user).filter(registration__event__in=events.values("pk"))
    people = Person.objects.visible_to(user).filter(registration_links__in=links).distinct()
    return _people(people.order_by("name", "pk")[:AT_EVENT], user)


def log_link(user: User, event: Event, now: datetime) -> EventLink | None:
    """For the page of an event that has begun: the form for what was said there, opened with the event chosen."""
    if not may_read(user) or event.status == Event.Status.CANCELLED or event.starts_at > now:
        return None
    return EventLink(_("Log a dialogue"), f"{reverse('workspace:log')}?event={event.pk}")


def _key(value: UUID | str | None) -> UUID | None:
    try:
        return value if isinstance(value, UUID) else UUID(str(value))
    except ValueError:
        return None
