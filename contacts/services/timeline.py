"""One timeline of a person or an organisation: dialogues, registrations, mails, what we promised, and roles."""

from collections.abc import Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from itertools import chain, groupby
from typing import Any
from uuid import UUID

from django.utils import timezone

from contacts.models import Affiliation, Dialogue, FollowUp, Organisation, Person, RegistrationLink
from contacts.services import happenings
from contacts.services.happenings import ALL_TIMES, Kind, Period
from events.models import Event, Registration
from outreach.accounts.models import User
from outreach.gathering import moment
from outreach.mail.models import OutboxMessage

PAGE = 20  # entries that are not to come
LAST_PAGE = 250
COMING = 50  # promises still open
EVENTS_COMING = 20  # somebody is registered for


Row = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One thing on the timeline; ``thing`` is the dialogue, registration link, follow-up or role itself."""

    kind: Kind
    day: date
    thing: Dialogue | RegistrationLink | FollowUp | Affiliation | OutboxMessage | None  # None: not read yet
    clock: time | None = None  # None: no time of day
    key: UUID | int | None = field(default=None, compare=False)  # of a thing not read yet
    coming: bool = False
    ends: bool = False  # a role that ended, not one that began
    besides: tuple[Person, ...] = ()  # others with the same answer from the same event

    @property
    def named(self) -> list[Person | Organisation]:
        """Everybody the entry names."""
        match self.thing:
            case Dialogue() as dialogue:
                return dialogue.seen
            case FollowUp() as follow_up:
                return follow_up.about
            case RegistrationLink(person=person):
                return [person, *self.besides] if person else []
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
    period: Period = ALL_TIMES
    kind: Kind | None = None  # None: every kind
    total: int = 0

    @property
    def named(self) -> list[Person | Organisation]:
        """Everybody the entries shown name."""
        shown = chain(self.coming, *(entries for _year, entries in self.years))
        return [contact for entry in shown for contact in entry.named]


@dataclass(frozen=True)
class Known:
    """What was read of a contact before its timeline; None: it has still to be read."""

    held: Sequence[Affiliation] | None = None
    counts: dict[Kind, int] | None = None  # of all times
    promised: Sequence[FollowUp] | None = None  # for the first page of all times
    talks: Sequence[Row] | None = None  # keys and times, for the same
    registered: Sequence[Row] | None = None  # keys and times


NOTHING = Known()


def timeline(
    contact: Person | Organisation,
    *,
    user: User,
    today: date,
    kind: str = "",
    period: Period = ALL_TIMES,
    page: int = 1,
    known: Known = NOTHING,
) -> Timeline:
    """What ``user`` may know happened, and will happen, with ``contact``; a page of it."""
    chosen = Kind(kind) if kind in Kind.values else None
    page = min(max(page, 1), LAST_PAGE)
    reading = Reading(contact, user=user, today=today, period=period, page=page, known=known)
    counts = reading.counts()
    asked = [each for each in Kind if chosen in (None, each) and counts[each]]
    shown = list(chain.from_iterable(reading.entries(each) for each in asked))
    coming = sorted((entry for entry in shown if entry.coming), key=lambda entry: entry.order)
    past = sorted((entry for entry in shown if not entry.coming), key=lambda entry: entry.order, reverse=True)
    told = _once_an_event(reading.things([*(coming if page == 1 else []), *past[(page - 1) * PAGE : page * PAGE]]))
    years = groupby((entry for entry in told if not entry.coming), key=lambda entry: entry.day.year)
    return Timeline(
        [entry for entry in told if entry.coming],
        [(year, list(group)) for year, group in years],
        counts,
        kind=chosen,
        total=sum(counts.values()),
        page=page,
        older=len(past) > page * PAGE,
        period=period,
    )


def _once_an_event(entries: Iterable[Entry]) -> list[Entry]:
    """An event stands once on a page for all of an organisation who have the same answer from it."""
    told: dict[Any, Entry] = {}
    for entry in entries:
        link = entry.thing
        if not isinstance(link, RegistrationLink):
            told[id(entry)] = entry
            continue
        key = (link.registration.event.pk, link.registration.status)
        first = told.get(key)
        besides = link.person and first and (*first.besides, link.person)
        told[key] = replace(first, besides=besides) if first and besides else entry
    return list(told.values())


@dataclass
class Reading:
    """What a page of a timeline is made of; each kind is read where it is asked for."""

    contact: Person | Organisation
    _: KW_ONLY
    user: User
    today: date
    period: Period
    page: int
    known: Known

    @property
    def most(self) -> int:
        """As many entries of a kind as this page and those before it show, and one more to say that there are."""
        return self.page * PAGE + 1

    def counts(self) -> dict[Kind, int]:
        """How many there are of each kind in the period, but for roles no further than COUNTED."""
        found = self.known.counts if self.period.is_open else None
        if found is None:
            found = happenings.counts(self.contact, self.user, period=self.period)
        counts = found | {Kind.ROLE: len(self.roles)}
        if self.registered:
            counts[Kind.MAIL] = happenings.number_of_mails(self.contact, self._seats(), period=self.period)
        return {each: counts[each] for each in Kind}

    @property
    def is_opening(self) -> bool:
        """Whether it is the page a contact opens with, of which keys and times may be known."""
        return self.period.is_open and self.page == 1

    def entries(self, kind: Kind) -> Iterable[Entry]:
        match kind:
            case Kind.DIALOGUE if self.known.talks is not None and self.is_opening:
                return map(_dialogue_known, self.known.talks)
            case Kind.DIALOGUE:
                talks = happenings.talks(self.contact, self.user, period=self.period, most=self.most)
                return map(_dialogue, talks)
            case Kind.EVENT if self.known.registered is not None and self.is_opening:
                latest = self.known.registered[: EVENTS_COMING + self.most]
                return (_registration_known(row, self.today) for row in latest)
            case Kind.EVENT:
                most = EVENTS_COMING + self.most
                links = happenings.registrations(self.contact, self.user, period=self.period, most=most)
                return (_registration(link, self.today) for link in links)
            case Kind.MAIL:
                mails = happenings.mails(self.contact, self._seats(), period=self.period, most=self.most)
                return map(_mail, mails)
            case Kind.FOLLOW_UP:
                return map(_follow_up, self._promised())
            case Kind.ROLE:
                return self.roles

    def things(self, entries: Sequence[Entry]) -> list[Entry]:
        """Each with its thing: those of which only the key is known are read now. What is gone by now is left out."""
        keys: dict[Kind, list[Any]] = {kind: [] for kind in (Kind.DIALOGUE, Kind.EVENT)}
        for entry in entries:
            if entry.thing is None:
                keys[entry.kind].append(entry.key)
        things: dict[Any, Any] = {}
        if keys[Kind.DIALOGUE]:
            things |= {one.pk: one for one in happenings.talks_among(keys[Kind.DIALOGUE], self.user)}
        if keys[Kind.EVENT]:
            links = happenings.registrations_among(self.contact, self.user, keys[Kind.EVENT])
            things |= {link.pk: link for link in links}
        told = (entry if entry.thing else replace(entry, thing=things.get(entry.key)) for entry in entries)
        return [entry for entry in told if entry.thing]

    @cached_property
    def registered(self) -> Sequence[Row]:
        if self.known.registered is not None:
            return self.known.registered
        return list(happenings.registered(self.contact, self.user))

    def _seats(self) -> list[UUID]:
        """The keys of registrations."""
        return [UUID(str(row["registration_id"])) for row in self.registered]

    @cached_property
    def roles(self) -> list[Entry]:
        held = self.known.held
        entries = _roles(_held(self.contact, self.user) if held is None else held)
        return [entry for entry in entries if self.period.has(entry.day)]

    def _promised(self) -> Sequence[FollowUp]:
        if self.known.promised is not None and self.period.is_open and self.page == 1:
            return self.known.promised
        return promised(self.contact, user=self.user, period=self.period, page=self.page)


def promised(
    contact: Person | Organisation, *, user: User, period: Period = ALL_TIMES, page: int = 1
) -> list[FollowUp]:
    """What was promised ``contact``, as far as a page of its timeline tells; what is open first."""
    return happenings.follow_ups(contact, user, period=period, most=COMING + page * PAGE + 1)


def _dialogue(dialogue: Dialogue) -> Entry:
    return Entry(Kind.DIALOGUE, dialogue.date, dialogue, clock=dialogue.starts_at)


def _dialogue_known(row: Row) -> Entry:
    starts_at = row["starts_at"] and time.fromisoformat(row["starts_at"])
    return Entry(Kind.DIALOGUE, date.fromisoformat(row["date"]), None, clock=starts_at, key=UUID(row["id"]))


def _registration(link: RegistrationLink, today: date) -> Entry:
    registration, event = link.registration, link.registration.event
    return replace(_seat(event.starts_at, registration.status, event.status, today=today), thing=link)


def _registration_known(row: Row, today: date) -> Entry:
    starts_at = moment(row["registration__event__starts_at"])
    status, of_event = row["registration__status"], row["registration__event__status"]
    return replace(_seat(starts_at, status, of_event, today=today), key=row["id"])


def _seat(starts_at: datetime, status: str, of_event: str, *, today: date) -> Entry:
    starts = timezone.localtime(starts_at)
    is_to_be = status in Registration.LIVE and of_event == Event.Status.PUBLISHED
    coming = starts.date() >= today and is_to_be
    return Entry(Kind.EVENT, starts.date(), None, clock=starts.time(), coming=coming)


def _mail(mail: OutboxMessage) -> Entry:
    moment = timezone.localtime(mail.sent_at or mail.created_at)
    return Entry(Kind.MAIL, moment.date(), mail, clock=moment.time())


def _follow_up(follow_up: FollowUp) -> Entry:
    done = follow_up.done_at and timezone.localdate(follow_up.done_at)
    return Entry(Kind.FOLLOW_UP, done or follow_up.due_on, follow_up, follow_up.starts_at, coming=not done)


def _held(contact: Person | Organisation, user: User) -> Sequence[Affiliation]:
    held = contact.affiliations.visible_to(user).select_related("organisation", "person")
    return held[: happenings.MOST]


def _roles(held: Sequence[Affiliation]) -> Iterable[Entry]:
    for role in held:
        if role.started_on:
            yield Entry(Kind.ROLE, role.started_on, role)
        if role.ended_on:
            yield Entry(Kind.ROLE, role.ended_on, role, ends=True)
