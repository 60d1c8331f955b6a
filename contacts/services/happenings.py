"""What happened with a person or an organisation, read kind by kind for its timeline, newest first.

Everything is read through ``visible_to``; what is read for a page does not grow with the number of entries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import vocabulary
from contacts.models import Affiliation, Dialogue, FollowUp, Organisation, Person, RegistrationLink, Topic
from contacts.models.visibility import may_read
from contacts.services.counting import Counted
from contacts.services.in_order import is_among_newest_with, number_with
from events.models import Event
from outreach.accounts.models import User
from outreach.gathering import Gathered, made
from outreach.mail.models import OutboxMessage
from outreach.prepared import Among, prepared

MOST = 300  # roles and registrations that are read at all
COUNTED = 1000  # beyond this an entry counts no more

TOLD_OF_TALKS = ["kind", "date", "starts_at", "minutes", "summary", "note_readers", "author", "note_by"]
TOLD_OF_PROMISES = [field.name for field in FollowUp._meta.concrete_fields]
WHEN_REGISTERED = [f"registration__{field}" for field in ("status", "event__starts_at", "event__status")]
TOLD_OF_EVENTS = ["title", "internal_title", "slug", "language", "starts_at", "status", "visibility"]

Contact = Person | Organisation


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


ALL_TIMES = Period()


def _moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def counted(contact: Contact, user: User, period: Period) -> dict[str, Any]:
    """How many of each kind there are, no further than COUNTED, to annotate; roles are counted by who reads them.

    Of mails only those about the contact itself: see ``mails``.
    """
    kinds: dict[str, QuerySet] = {
        Kind.DIALOGUE: _talks_to_count(contact, user, period),
        Kind.EVENT: _links(contact, user, period),
        Kind.FOLLOW_UP: _follow_ups(contact, user, period),
        Kind.MAIL: OutboxMessage.objects.about(contact).filter(period.moments("created_at")),
    }
    found: dict[str, Any] = {}
    for kind, rows in kinds.items():
        found[f"n_{kind}"] = Counted(rows.order_by().values("pk")[:COUNTED])
    if _is_open_book(contact, user, period) and connection.vendor == "postgresql":
        found[f"n_{Kind.DIALOGUE}"] = number_with(contact, COUNTED)
    return found


@prepared
def _numbers(contact: Contact, user: User, *, period: Period) -> QuerySet:
    return type(contact).objects.filter(pk=contact.pk).annotate(**counted(contact, user, period)).only("pk")


def counts(contact: Contact, user: User, *, period: Period) -> dict[Kind, int]:
    """The numbers of ``counted`` in a query of their own."""
    (found,) = _numbers(contact, user, period=period)
    return numbers_of(found)


def numbers_of(found: Any) -> dict[Kind, int]:
    """What a contact that was read with ``counted`` says."""
    return {kind: getattr(found, f"n_{kind.value}") for kind in Kind if kind != Kind.ROLE}


def _talks(contact: Contact, user: User, period: Period) -> Any:
    return Dialogue.objects.with_contact(contact, user).filter(period.days("date"))


def _talks_to_count(contact: Contact, user: User, period: Period) -> QuerySet:
    """One row for each of ``_talks``: of all times, for a contact every reader may see, without reading any."""
    if contact.restricted or not period.is_open:
        return _talks(contact, user, period)
    taking_part = Dialogue.people if isinstance(contact, Person) else Dialogue.organisations
    return taking_part.through.objects.filter(**{str(contact._meta.model_name): contact})


def _is_open_book(contact: Contact, user: User, period: Period) -> bool:
    """Whether every reader may know of all of the dialogues asked for: of all times, with a contact each sees."""
    return period.is_open and not contact.restricted and may_read(user)


def _newest(contact: Contact, user: User, *, period: Period, most: int) -> Any:
    """The condition on a dialogue to be among the newest with ``contact``.

    Keys first: SQLite would gather the participants of every talk before it puts them in order.
    """
    if _is_open_book(contact, user, period):
        return is_among_newest_with(contact, most)
    return Q(pk__in=_talks(contact, user, period).newest_first().values("pk")[:most])


@prepared
def _talks_shown(contact: Contact, user: User, *, period: Period, most: int) -> QuerySet:
    return _told(Dialogue.objects.filter(_newest(contact, user, period=period, most=most)), user)


@prepared
def _talks_among(user: User) -> QuerySet:
    return _told(Dialogue.objects.visible_to(user).filter(Among("id")), user)


def _told(talks: Any, user: User) -> QuerySet:
    open_promises = FollowUp.objects.visible_to(user).open()
    # Said twice as in Dialogue: by the first alone PostgreSQL would collect the open promises of everybody.
    open_promises = open_promises.filter(dialogue=OuterRef("pk"), dialogue__gte=OuterRef("pk"))
    topics = Topic.objects.filter(dialogues=OuterRef("pk")).values("id", "name_da", "name_en")
    shown = talks.only(*TOLD_OF_TALKS).with_note_to_read(user).gathering_participants(user)
    told = {"promise_open": Exists(open_promises), "told_topics": Gathered(topics), "for_team": F("note_team__name")}
    return shown.annotate(**told).newest_first()


def talks(contact: Contact, user: User, *, period: Period, most: int) -> list[Dialogue]:
    """Dialogues with the note to read, their participants and topics; ``there`` and ``named`` are colleagues."""
    return _with_all_told(_talks_shown(contact, user, period=period, most=most))


def talks_among(keys: Sequence[UUID], user: User) -> list[Dialogue]:
    """Those with these keys that ``user`` may know of."""
    return _with_all_told(_talks_among(user, those=keys))


def latest_talks(contact: Contact, user: User, most: int) -> QuerySet:
    """Keys and times of the latest, of all times."""
    latest = Dialogue.objects.filter(_newest(contact, user, period=ALL_TIMES, most=most))
    return latest.newest_first().values("id", "date", "starts_at")


def _with_all_told(found: list[Any]) -> list[Dialogue]:
    colleagues = vocabulary.colleagues(chain.from_iterable(map(_colleagues_of, found)))
    for talk in with_participants(found):
        talk.shown_topics = made(Topic, talk.told_topics)
        talk.there = [colleagues[UUID(one["user_id"])] for one in talk.told_officers]
        talk.named = [colleagues[UUID(one["user_id"])] for one in talk.told_named]
        talk.author = colleagues[talk.author_id]
        talk.note_by = colleagues.get(talk.note_by_id)
    return found


def with_participants(talks: list[Any]) -> list[Any]:
    """Each of ``gathering_participants`` with its ``seen_people`` and ``seen_organisations``."""
    for talk in talks:
        talk.seen_people = [link.person for link in made(Dialogue.people.through, talk.told_people)]
        organisations = made(Dialogue.organisations.through, talk.told_organisations)
        talk.seen_organisations = [link.organisation for link in organisations]
    return talks


def _colleagues_of(talk: Any) -> Iterable[UUID]:
    yield talk.author_id
    if talk.note_by_id:
        yield talk.note_by_id
    for one in chain(talk.told_officers, talk.told_named):
        yield UUID(one["user_id"])


def links(contact: Contact, user: User) -> QuerySet:
    """Registrations for events ``user`` may know of: the person's own; an organisation's are those of the people who
    held a role there on the day of the event."""
    found = RegistrationLink.objects.visible_to(user).filter(registration__event__in=Event.objects.seen_by(user))
    if isinstance(contact, Person):
        return found.filter(person=contact)
    roles = Affiliation.objects.visible_to(user).filter(organisation=contact)
    day = OuterRef("registration__event__starts_at__date")
    begun, lasting = (Q(started_on=None) | Q(started_on__lte=day)), (Q(ended_on=None) | Q(ended_on__gte=day))
    then = Exists(roles.filter(begun, lasting, person=OuterRef("person")))
    return found.filter(then, person__in=roles.values("person"))


def _links(contact: Contact, user: User, period: Period) -> QuerySet:
    return links(contact, user).filter(period.moments("registration__event__starts_at"))


@prepared
def _links_shown(contact: Contact, user: User, *, period: Period, most: int) -> QuerySet:
    return _links_told(_links(contact, user, period), contact, user)[:most]


@prepared
def _links_among(contact: Contact, user: User) -> QuerySet:
    return _links_told(links(contact, user).filter(Among("id")), contact, user)


def _links_told(found: QuerySet, contact: Contact, user: User) -> QuerySet:
    opens = Exists(Event.objects.run_by(user).filter(pk=OuterRef("registration__event")))
    shown = found.annotate(opens=opens).select_related("registration__event")
    told = [f"registration__event__{field}" for field in TOLD_OF_EVENTS] + ["registration__status"]
    if isinstance(contact, Organisation):
        shown, told = shown.select_related("person"), [*told, "person__name"]
    return shown.only("person", *told).order_by("-registration__event__starts_at", "-pk")


def registrations(contact: Contact, user: User, *, period: Period, most: int) -> list[RegistrationLink]:
    """Those for the latest events first; each ``opens`` where the event's own page does for ``user``."""
    return _of(contact, _links_shown(contact, user, period=period, most=most))


def registrations_among(contact: Contact, user: User, keys: Sequence[int]) -> list[RegistrationLink]:
    """Those of ``registrations`` with these keys."""
    return _of(contact, _links_among(contact, user, those=keys))


def _of(contact: Contact, found: list[RegistrationLink]) -> list[RegistrationLink]:
    if isinstance(contact, Person):
        for link in found:
            link.person = contact
    return found


def registered(contact: Contact, user: User) -> QuerySet:
    """Keys and times of the registrations whose mails are looked for, those for the latest events."""
    latest = links(contact, user).order_by("-registration__event__starts_at", "-pk")
    return latest.values("id", "registration_id", *WHEN_REGISTERED)[:MOST]


@prepared
def _mails(contact: Contact, *, period: Period, most: int) -> QuerySet:
    return _mails_about(contact, period).only("subject", "state", "created_at", "sent_at")[:most]


@prepared
def _number_of_mails(contact: Contact, *, period: Period) -> QuerySet:
    number = Counted(_mails_about(contact, period).order_by().values("pk")[:COUNTED])
    return type(contact).objects.filter(pk=contact.pk).annotate(number=number).only("pk")


def _mails_about(contact: Contact, period: Period) -> QuerySet:
    """By what a mail is about, never by its address: people share mailboxes (product.md, rule 14)."""
    about = OutboxMessage.objects.filter(Among("about_pk"), about_label="events.Registration")
    found = (OutboxMessage.objects.about(contact) | about).filter(period.moments("created_at"))
    return found.order_by("-created_at", "-pk")


def mails(contact: Contact, registered: Iterable[UUID], *, period: Period, most: int) -> list[OutboxMessage]:
    """Mails about the contact and these registrations, the newest first; what they say is not read."""
    return _mails(contact, those=list(map(str, registered)), period=period, most=most)


def number_of_mails(contact: Contact, registered: Iterable[UUID], *, period: Period) -> int:
    """How many there are of ``mails``, no further than COUNTED."""
    (found,) = _number_of_mails(contact, those=list(map(str, registered)), period=period)
    return found.number


def _follow_ups(contact: Contact, user: User, period: Period) -> QuerySet:
    """Open ones first. A planned conversation that was logged stands there as the dialogue it became."""
    here = {str(contact._meta.model_name): contact}
    follow_ups = FollowUp.objects.visible_to(user).filter(**here, held_as=None)
    if not period.is_open:
        is_open = Q(done_at=None) & period.days("due_on")
        follow_ups = follow_ups.filter(is_open | Q(done_at__isnull=False) & period.moments("done_at"))
    return follow_ups.order_by(F("done_at").desc(nulls_first=True), "due_on", "pk")


@prepared
def _follow_ups_shown(contact: Contact, user: User, *, period: Period, most: int) -> QuerySet:
    other = "organisation" if isinstance(contact, Person) else "person"
    names = [f"{other}__name", f"{other}__restricted"]
    return _follow_ups(contact, user, period).select_related(other).only(*TOLD_OF_PROMISES, *names)[:most]


def follow_ups(contact: Contact, user: User, *, period: Period, most: int) -> list[FollowUp]:
    """Each with its owner and who else it is about; ``contact`` itself is known."""
    found: list[FollowUp] = _follow_ups_shown(contact, user, period=period, most=most)
    vocabulary.put_owners(found)
    for follow_up in found:
        setattr(follow_up, str(contact._meta.model_name), contact)
    return found
