"""One timeline of a person or an organisation: dialogues, registrations, what we promised, and roles.

Everything on it is read through ``visible_to``; the number of queries does not grow with the number of entries.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import chain, groupby

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Affiliation, Dialogue, FollowUp, Organisation, Person, RegistrationLink
from events.models import Event
from outreach.accounts.models import User

PAGE = 20  # entries before "show all"
MOST = 300  # entries of each kind that are read at all


class Kind(models.TextChoices):
    DIALOGUE = "dialogue", _("Dialogues")
    EVENT = "event", _("Events")
    FOLLOW_UP = "follow_up", _("Follow-ups")
    ROLE = "role", _("Roles")


@dataclass(frozen=True)
class Entry:
    """One thing on the timeline; ``thing`` is the dialogue, registration link, follow-up or role itself."""

    kind: Kind
    day: date
    thing: Dialogue | RegistrationLink | FollowUp | Affiliation
    clock: time | None = None  # None: no time of day
    coming: bool = False
    ends: bool = False  # a role that ended, not one that began

    @property
    def template(self) -> str:
        return f"contacts/timeline/{self.kind.value}.html"

    @property
    def named(self) -> list[Person | Organisation]:
        """Everybody the entry names."""
        match self.thing:
            case Dialogue() as dialogue:
                return dialogue.seen
            case FollowUp() as follow_up:
                return follow_up.about
            case RegistrationLink(person=person):
                return [person] if person else []
            case Affiliation(person=person, organisation=organisation):
                return [person, organisation]

    @property
    def order(self) -> tuple[date, time]:
        return self.day, self.clock or time.min


@dataclass(frozen=True)
class Timeline:
    coming: list[Entry]  # soonest first
    years: list[tuple[int, list[Entry]]]  # newest first
    counts: dict[Kind, int]
    left_out: int = 0  # older entries not shown
    kind: Kind | None = None  # None: every kind
    total: int = 0

    @property
    def named(self) -> list[Person | Organisation]:
        """Everybody the entries shown name."""
        shown = chain(self.coming, *(entries for _year, entries in self.years))
        return [contact for entry in shown for contact in entry.named]


def timeline(
    contact: Person | Organisation, *, user: User, today: date, kind: str = "", everything: bool = False
) -> Timeline:
    """What ``user`` may know happened, and will happen, with ``contact``."""
    chosen = Kind(kind) if kind in Kind.values else None
    entries = [
        *_dialogues(contact, user),
        *_registrations(contact, user, today),
        *_follow_ups(contact, user, today),
        *_roles(contact, user),
    ]
    counts = {each: sum(entry.kind == each for entry in entries) for each in Kind}
    shown = [entry for entry in entries if chosen in (None, entry.kind)]
    coming = sorted((entry for entry in shown if entry.coming), key=lambda entry: entry.order)
    past = sorted((entry for entry in shown if not entry.coming), key=lambda entry: entry.order, reverse=True)
    page = past if everything else past[:PAGE]
    years = [(year, list(group)) for year, group in groupby(page, key=lambda entry: entry.day.year)]
    return Timeline(coming, years, counts, left_out=len(past) - len(page), kind=chosen, total=len(entries))


def _dialogues(contact: Person | Organisation, user: User) -> Iterable[Entry]:
    dialogues = contact.dialogues.visible_to(user).as_read_by(user).prefetch_related("topics")
    open_promises = FollowUp.objects.visible_to(user).open().filter(dialogue=OuterRef("pk"))
    for dialogue in dialogues.annotate(promise_open=Exists(open_promises))[:MOST]:
        yield Entry(Kind.DIALOGUE, dialogue.date, dialogue, clock=dialogue.starts_at)


def _registrations(contact: Person | Organisation, user: User, today: date) -> Iterable[Entry]:
    """Registrations for events ``user`` may know of; ``opens`` says whether the event's own page does."""
    opens = Exists(Event.objects.run_by(user).filter(pk=OuterRef("registration__event")))
    links = RegistrationLink.objects.visible_to(user).filter(registration__event__in=Event.objects.seen_by(user))
    links = links.annotate(opens=opens).select_related("registration__event", "person")
    for link in _of(contact, links, user).order_by("-registration__event__starts_at")[:MOST]:
        event = link.registration.event
        starts = timezone.localtime(event.starts_at)
        coming = starts.date() >= today and link.registration.is_live and event.status == event.Status.PUBLISHED
        yield Entry(Kind.EVENT, starts.date(), link, clock=starts.time(), coming=coming)


def _of(contact: Person | Organisation, links: QuerySet, user: User) -> QuerySet:
    """The person's own registrations; an organisation's are those of the people who hold a role there."""
    if isinstance(contact, Person):
        return links.filter(person=contact)
    roles = Affiliation.objects.current().visible_to(user).filter(organisation=contact)
    return links.filter(person__in=roles.values("person"))


def _follow_ups(contact: Person | Organisation, user: User, today: date) -> Iterable[Entry]:
    # A planned conversation that was logged stands on the timeline as the dialogue it became.
    follow_ups = contact.follow_ups.visible_to(user).filter(held_as=None).with_contacts()
    for follow_up in follow_ups.order_by("-due_on")[:MOST]:
        done = follow_up.done_at and timezone.localdate(follow_up.done_at)
        yield Entry(Kind.FOLLOW_UP, done or follow_up.due_on, follow_up, follow_up.starts_at, coming=not done)


def _roles(contact: Person | Organisation, user: User) -> Iterable[Entry]:
    for role in contact.affiliations.visible_to(user).select_related("organisation", "person")[:MOST]:
        if role.started_on:
            yield Entry(Kind.ROLE, role.started_on, role)
        if role.ended_on:
            yield Entry(Kind.ROLE, role.ended_on, role, ends=True)
