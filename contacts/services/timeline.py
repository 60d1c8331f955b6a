"""One timeline of a person or an organisation: dialogues, registrations, mails, what we promised, and roles.

Everything on it is read through ``visible_to``; neither the queries nor the dialogues, mails and promises read for a
page grow with the number of entries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, groupby
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts.models import Affiliation, Dialogue, FollowUp, Organisation, Person, RegistrationLink
from contacts.models.dialogue import DialogueQuerySet
from contacts.services.counting import Counted
from contacts.vocabulary import put_owners
from events.models import Event
from outreach.accounts.models import User
from outreach.mail.models import OutboxMessage

PAGE = 20  # entries that are not to come
LAST_PAGE = 250
MOST = 300  # roles and registrations that are read at all
COMING = 50  # promises still open
COUNTED = 1000  # beyond this an entry counts no more


class Kind(models.TextChoices):
    DIALOGUE = "dialogue", _("Dialogues")
    EVENT = "event", _("Events")
    MAIL = "mail", _("Mails")
    FOLLOW_UP = "follow_up", _("Follow-ups")
    ROLE = "role", _("Roles")


@dataclass(frozen=True)
class Period:
    """From one day to another, both included; None: open at that end."""

    first: date | None = None
    last: date | None = None

    @property
    def is_open(self) -> bool:
        return self.first is None and self.last is None

    def has(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def days(self, field: str) -> Q:
        """The condition on a day."""
        first = Q(**{f"{field}__gte": self.first}) if self.first else Q()
        return first & Q(**{f"{field}__lte": self.last}) if self.last else first

    def moments(self, field: str) -> Q:
        """The condition on a moment, by the day it falls on here."""
        first = Q(**{f"{field}__gte": _moment(self.first, time.min)}) if self.first else Q()
        return first & Q(**{f"{field}__lte": _moment(self.last, time.max)}) if self.last else first


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


@dataclass(frozen=True)
class Entry:
    """One thing on the timeline; ``thing`` is the dialogue, registration link, follow-up or role itself."""

    kind: Kind
    day: date
    thing: Dialogue | RegistrationLink | FollowUp | Affiliation | OutboxMessage
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
            case _:
                return []

    @property
    def order(self) -> tuple[date, time]:
        return self.day, self.clock or time.min


@dataclass(frozen=True)
class Timeline:
    coming: list[Entry]  # soonest first
    years: list[tuple[int, list[Entry]]]  # newest first
    counts: dict[Kind, int]
    page: int = 1
    older: bool = False  # whether another page follows
    period: Period = Period()
    kind: Kind | None = None  # None: every kind
    total: int = 0

    @property
    def named(self) -> list[Person | Organisation]:
        """Everybody the entries shown name."""
        shown = chain(self.coming, *(entries for _year, entries in self.years))
        return [contact for entry in shown for contact in entry.named]


def timeline(
    contact: Person | Organisation,
    *,
    user: User,
    today: date,
    kind: str = "",
    period: Period = Period(),
    page: int = 1,
    held: Sequence[Affiliation] | None = None,
) -> Timeline:
    """What ``user`` may know happened, and will happen, with ``contact``; a page of it.

    ``held`` are the roles, where they have been read already.
    """
    chosen = Kind(kind) if kind in Kind.values else None
    page = min(max(page, 1), LAST_PAGE)
    needed = page * PAGE + 1
    registrations = [one for one in _registrations(contact, user, today) if period.has(one.day)]
    roles = [one for one in _roles(_held(contact, user) if held is None else held) if period.has(one.day)]
    rows: dict[Kind, Any] = {
        Kind.DIALOGUE: Dialogue.objects.with_contact(contact, user).filter(period.days("date")),
        Kind.FOLLOW_UP: _follow_ups(contact, user, period),
        Kind.MAIL: _mails(contact, registrations).filter(period.moments("created_at")),
    }
    counts = _counts(contact, rows) | {Kind.EVENT: len(registrations), Kind.ROLE: len(roles)}
    read = {
        Kind.DIALOGUE: lambda: map(_dialogue, _as_shown(rows[Kind.DIALOGUE], user)[:needed]),
        Kind.EVENT: lambda: registrations,
        Kind.MAIL: lambda: map(_mail, rows[Kind.MAIL][:needed]),
        Kind.FOLLOW_UP: lambda: map(_follow_up, _with_others(rows[Kind.FOLLOW_UP][: COMING + needed], contact)),
        Kind.ROLE: lambda: roles,
    }
    asked = [each for each in Kind if chosen in (None, each) and counts[each]]
    shown = list(chain.from_iterable(read[each]() for each in asked))
    coming = sorted((entry for entry in shown if entry.coming), key=lambda entry: entry.order)
    past = sorted((entry for entry in shown if not entry.coming), key=lambda entry: entry.order, reverse=True)
    years = groupby(past[(page - 1) * PAGE : page * PAGE], key=lambda entry: entry.day.year)
    return Timeline(
        coming if page == 1 else [],
        [(year, list(group)) for year, group in years],
        {each: counts[each] for each in Kind},
        kind=chosen,
        total=sum(counts.values()),
        page=page,
        older=len(past) > page * PAGE,
        period=period,
    )


def _counts(contact: Person | Organisation, rows: dict[Kind, QuerySet]) -> dict[Kind, int]:
    """How many there are of each kind, counted no further than COUNTED; in one query."""
    counted = {each.value: Counted(found.order_by().values("pk")[:COUNTED]) for each, found in rows.items()}
    found = type(contact).objects.filter(pk=contact.pk).annotate(**{f"n_{key}": n for key, n in counted.items()})
    numbers = found.values_list(*(f"n_{key}" for key in counted)).get()
    return dict(zip(rows, numbers, strict=True))


def _as_shown(dialogues: DialogueQuerySet, user: User) -> QuerySet:
    open_promises = FollowUp.objects.visible_to(user).open().filter(dialogue=OuterRef("pk"))
    read = dialogues.as_read_by(user).prefetch_related("topics")
    return read.annotate(promise_open=Exists(open_promises)).newest_first()


def _dialogue(dialogue: Dialogue) -> Entry:
    return Entry(Kind.DIALOGUE, dialogue.date, dialogue, clock=dialogue.starts_at)


def _registrations(contact: Person | Organisation, user: User, today: date) -> Iterable[Entry]:
    """Registrations for events ``user`` may know of; ``opens`` says whether the event's own page does."""
    if not getattr(contact, "has_registrations", True):
        return
    opens = Exists(Event.objects.run_by(user).filter(pk=OuterRef("registration__event")))
    links = RegistrationLink.objects.visible_to(user).filter(registration__event__in=Event.objects.seen_by(user))
    links = links.annotate(opens=opens).select_related("registration__event")
    links = links if isinstance(contact, Person) else links.select_related("person")
    for link in _of(contact, links, user).order_by("-registration__event__starts_at")[:MOST]:
        link.person = contact if isinstance(contact, Person) else link.person
        event = link.registration.event
        starts = timezone.localtime(event.starts_at)
        coming = starts.date() >= today and link.registration.is_live and event.status == event.Status.PUBLISHED
        yield Entry(Kind.EVENT, starts.date(), link, clock=starts.time(), coming=coming)


def _mails(contact: Person | Organisation, registrations: list[Entry]) -> QuerySet:
    """Mails about the contact and the registrations on the timeline; what they say is not read.

    By what a mail is about, never by its address: people share mailboxes (product.md, rule 14).
    """
    keys = [str(entry.thing.registration_id) for entry in registrations]  # type: ignore[union-attr]
    about = OutboxMessage.objects.filter(about_label="events.Registration", about_pk__in=keys)
    mails = OutboxMessage.objects.about(contact) | about
    return mails.only("subject", "state", "created_at", "sent_at").order_by("-created_at", "-pk")


def _mail(mail: OutboxMessage) -> Entry:
    moment = timezone.localtime(mail.sent_at or mail.created_at)
    return Entry(Kind.MAIL, moment.date(), mail, clock=moment.time())


def _of(contact: Person | Organisation, links: QuerySet, user: User) -> QuerySet:
    """The person's own registrations; an organisation's are those of the people who hold a role there."""
    if isinstance(contact, Person):
        return links.filter(person=contact)
    roles = Affiliation.objects.current().visible_to(user).filter(organisation=contact)
    return links.filter(person__in=roles.values("person"))


def _follow_ups(contact: Person | Organisation, user: User, period: Period) -> QuerySet:
    """Open ones first. A planned conversation that was logged stands there as the dialogue it became."""
    follow_ups = contact.follow_ups.visible_to(user).filter(held_as=None)
    is_open = Q(done_at=None) & period.days("due_on")
    is_done = Q(done_at__isnull=False) & period.moments("done_at")
    return follow_ups.filter(is_open | is_done).order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")


def _with_others(follow_ups: QuerySet, contact: Person | Organisation) -> list[FollowUp]:
    """Each with its owner and who else it is about; ``contact`` itself is known."""
    found = list(follow_ups.select_related("organisation" if isinstance(contact, Person) else "person"))
    put_owners(found)
    return found


def _follow_up(follow_up: FollowUp) -> Entry:
    done = follow_up.done_at and timezone.localdate(follow_up.done_at)
    return Entry(Kind.FOLLOW_UP, done or follow_up.due_on, follow_up, follow_up.starts_at, coming=not done)


def _held(contact: Person | Organisation, user: User) -> Sequence[Affiliation]:
    return contact.affiliations.visible_to(user).select_related("organisation", "person")[:MOST]


def _roles(held: Sequence[Affiliation]) -> Iterable[Entry]:
    for role in held:
        if role.started_on:
            yield Entry(Kind.ROLE, role.started_on, role)
        if role.ended_on:
            yield Entry(Kind.ROLE, role.ended_on, role, ends=True)
