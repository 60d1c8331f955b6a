"""Channels a contact does not want us to use: noted, lifted, and honoured by every sender."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q

from contacts.models import Channel, ContactPoint, Organisation, Person, Refusal, RegistrationLink
from contacts.reaching import key_of
from contacts.services.meanwhile import ChangedMeanwhile, count_up
from events.behind import invitations_behind, registrations_behind
from events.models import Registration
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail.kinds import KINDS
from outreach.mail.models import OutboxMessage
from outreach.mail.reach import Reach, reach_of
from outreach.places.folding import fold

REASON = "the contact wants no e-mail"


NOT_REFUSED = 0  # the version of a refusal that is not there


@transaction.atomic
def refuse(
    contact: Person | Organisation, channel: str, *, since: date, why: str, actor: User, seen: int | None = None
) -> Refusal:
    """``contact`` does not want ``channel`` used. Said again, the newest answer holds for whoever saw the one before.

    ``seen`` is the version of that, or NOT_REFUSED; None: as it stands now. Raises ChangedMeanwhile.
    """
    held = contact.refusals.filter(channel=channel).first()
    if seen is not None and seen != (held.version if held else NOT_REFUSED):
        raise ChangedMeanwhile(held)
    if held is None:
        return _begin(contact, channel, since=since, why=why, actor=actor)
    count_up(held)
    held.since, held.why = since, why
    held.save()
    record("change", held, actor=actor)
    return held


def _begin(contact: Person | Organisation, channel: str, *, since: date, why: str, actor: User) -> Refusal:
    try:
        with transaction.atomic():
            refusal = contact.refusals.create(channel=channel, since=since, why=why)
    except IntegrityError as first:  # a colleague noted it this moment
        raise ChangedMeanwhile from first
    record("create", refusal, actor=actor)
    return refusal


@transaction.atomic
def lift(refusal: Refusal, *, actor: User) -> None:
    """The channel may be used again. Raises ChangedMeanwhile where it was noted anew since it was read."""
    count_up(refusal)
    record("delete", refusal, actor=actor)
    refusal.delete()


def refusals_of(contact: Person | Organisation, *, user: User) -> list[Refusal]:
    return list(contact.refusals.visible_to(user))


def with_reach(points: list[ContactPoint]) -> list[ContactPoint]:
    """The same, each with ``reach``: whether mail comes back from it, and what its owner said no to by a link."""
    known = reach_of(point.value for point in points if point.channel == ContactPoint.Channel.EMAIL)
    for point in points:
        point.reach = known.get(point.value, Reach())  # type: ignore[attr-defined]
    return points


def wants_no_mail(messages: Sequence[OutboxMessage]) -> list[str]:
    """A rule of the gate: why a mail is skipped, or "".

    An address is not a person (product.md, rule 14). Where the mail is about somebody's registration or invitation,
    that person's wish decides; otherwise a shared mailbox stays open while anybody who has it wants mail. What the
    recipient asked for passes, but for a seat that a colleague took for them.
    """
    rows = dict(zip(messages, registrations_behind(messages), strict=True))
    begun = {message: row for message, row in rows.items() if not _asked_for(message, row)}
    linked = _linked(row.pk for row in begun.values() if row)
    names = _names(begun)
    owners = _owners(message.to for message in begun)

    def refused(message: OutboxMessage) -> bool:
        row, name, here = begun[message], names[message], owners[key_of("email", message.to)]
        if row and row.pk in linked:
            return linked[row.pk]
        meant = [owner for owner in here if name and owner.person and owner.person.name_key == name]
        wishes = [owner.refuses for owner in meant or here]
        return bool(wishes) and all(wishes)

    return [REASON if message in begun and refused(message) else "" for message in messages]


def _asked_for(message: OutboxMessage, about: Registration | None) -> bool:
    return KINDS[message.kind].asked_for and not (about and about.registered_by_id)


def _linked(registrations: Iterable[UUID]) -> dict[UUID, bool]:
    """Of those that are linked to a person, whether that person refuses e-mail."""
    asked = list(registrations)
    if not asked:
        return {}
    refused = Refusal.objects.of(Channel.EMAIL).filter(person=OuterRef("person"))
    links = RegistrationLink.objects.filter(registration__in=asked).exclude(person=None)
    return dict(links.annotate(refuses=Exists(refused)).values_list("registration", "refuses"))


def _names(begun: dict[OutboxMessage, Registration | None]) -> dict[OutboxMessage, str]:
    """Who is registered or invited, folded; "" where the mail is about something else."""
    invited = dict(zip(begun, invitations_behind(list(begun)), strict=True))
    about = {message: registration or invited[message] for message, registration in begun.items()}
    return {message: fold(row.name) if row else "" for message, row in about.items()}


def _owners(addresses: Iterable[str]) -> dict[str, list[Any]]:
    """The rows of each address by its key, each with its person and whether its contact refuses e-mail."""
    found: dict[str, list[Any]] = defaultdict(list)
    if keys := {key_of("email", address) for address in addresses}:
        same_contact = Q(person=OuterRef("person")) | Q(organisation=OuterRef("organisation"))
        refused = Refusal.objects.of(Channel.EMAIL).filter(same_contact)
        points = ContactPoint.objects.filter(channel="email", key__in=keys)
        for point in points.select_related("person").annotate(refuses=Exists(refused)):
            found[point.key].append(point)
    return found
