"""Channels a contact does not want us to use: noted, lifted, and honoured by every sender."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from contacts.models import Channel, ContactPoint, Organisation, Person, Refusal, RegistrationLink
from contacts.reaching import key_of
from contacts.services.meanwhile import ChangedMeanwhile, count_up
from events.mail import registration_behind
from events.models import Invitation
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


def wants_no_mail(message: OutboxMessage) -> str:
    """A rule of the gate: why the mail is skipped, or "".

    An address is not a person (product.md, rule 14). Where the mail is about somebody's registration or invitation,
    that person's wish decides; otherwise a shared mailbox stays open while anybody who has it wants mail. What the
    recipient asked for passes, but for a seat that a colleague took for them.
    """
    about = registration_behind(message)
    if KINDS[message.kind].asked_for and not (about and about.registered_by_id):
        return ""
    linked = RegistrationLink.objects.filter(registration=about).exclude(person=None).first() if about else None
    if linked:
        return REASON if Refusal.objects.of(Channel.EMAIL).filter(person=linked.person_id).exists() else ""
    owners = list(_owners(message.to))
    name = about.name if about else _invited(message)
    meant = [owner for owner in owners if name and owner.person and owner.person.name_key == fold(name)]
    wishes = [owner.refuses for owner in meant or owners]
    return REASON if wishes and all(wishes) else ""


def _invited(message: OutboxMessage) -> str:
    """The name of whom the mail invites; "" where it has none, or is about something else."""
    if message.about_label != Invitation._meta.label:
        return ""
    return Invitation.objects.filter(pk=message.about_pk).values_list("name", flat=True).first() or ""


def _owners(address: str) -> QuerySet:
    """The rows of the address, each with its person and whether its contact refuses e-mail."""
    same_contact = Q(person=OuterRef("person")) | Q(organisation=OuterRef("organisation"))
    refused = Refusal.objects.of(Channel.EMAIL).filter(same_contact)
    points = ContactPoint.objects.filter(channel="email", key=key_of("email", address))
    return points.select_related("person").annotate(refuses=Exists(refused))
