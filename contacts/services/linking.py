"""From a registration to a person: a visitor proposes, an officer decides (product.md, rule 1).

Nothing a visitor typed reaches a contact unless an officer chose it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.models import (
    Affiliation,
    Channel,
    ContactPoint,
    Language,
    Organisation,
    Person,
    Refusal,
    RegistrationLink,
)
from contacts.models.refusal import PLEAS
from contacts.models.visibility import may_read
from contacts.reaching import key_of
from contacts.services.belongings import Belongings
from contacts.services.keeping import keep
from contacts.services.roles import give_role
from events.models import DialogueRequest, Registration
from events.seams import ContactLink
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.places.folding import fold

Proposal = Registration | DialogueRequest


@dataclass(frozen=True)
class Suggestion:
    """A person the registration or invitation may be from, and why we think so."""

    person: Person
    reasons: tuple[str, ...]
    weight: int


def waiting(user: User) -> QuerySet[Registration]:
    """Registrations ``user`` may read and nobody has decided on, the oldest first."""
    return Registration.objects.visible_to(user).live().filter(contact_link=None).order_by("created_at", "pk")


def suggestions(registration: Proposal, *, user: User) -> list[Suggestion]:
    """The people ``user`` may see who may have sent it, the likeliest first."""
    return suggestions_for([registration], user=user)[registration.pk]


def suggestions_for(registrations: Iterable[Proposal], *, user: User) -> dict[UUID, list[Suggestion]]:
    """``suggestions`` for a page of registrations in three queries."""
    registrations = list(registrations)
    mailboxes = {key_of("email", registration.email) for registration in registrations if registration.email}
    names = {fold(registration.name) for registration in registrations}
    roles = Affiliation.objects.current().visible_to(user).select_related("organisation")
    emails = ContactPoint.objects.filter(channel=ContactPoint.Channel.EMAIL)
    theirs = emails.filter(key__in=mailboxes).exclude(person=None).values("person")
    people = (
        Person.objects.visible_to(user)
        .filter(Q(pk__in=theirs) | Q(name_key__in=names))
        .prefetch_related(Prefetch("affiliations", roles, to_attr="roles"), Prefetch("points", emails))
    )
    found: dict[UUID, list[Suggestion]] = {}
    for registration in registrations:
        candidates = [_weigh(registration, person) for person in people]
        likely = [candidate for candidate in candidates if candidate.reasons]
        found[registration.pk] = sorted(likely, key=lambda one: (-one.weight, one.person.name))
    return found


def _weigh(registration: Proposal, person: Person) -> Suggestion:
    """Name and mailbox count most; an organisation alone is no reason."""
    mailbox = key_of("email", registration.email)
    same_mailbox = bool(mailbox) and any(point.key == mailbox for point in person.points.all())
    same_name = fold(registration.name) == person.name_key
    workplace = fold(registration.organisation)
    same_workplace = bool(workplace) and any(role.organisation.name_key == workplace for role in person.roles)
    reasons = []
    if same_mailbox:
        # Associations share mailboxes (product.md, rule 14).
        reasons.append(_("same e-mail") if same_name else _("same e-mail, another name"))
    if same_name:
        reasons.append(_("same name"))
    if reasons and same_workplace:
        reasons.append(_("same organisation"))
    return Suggestion(person, tuple(reasons), weight=4 * same_name + 3 * same_mailbox + same_workplace)


def organisation_named(registration: Proposal, *, user: User) -> Organisation | None:
    """The one organisation ``user`` may see whose name the visitor wrote, in any spelling."""
    found = Organisation.objects.visible_to(user).filter(name_key=fold(registration.organisation))[:2]
    return found[0] if registration.organisation and len(found) == 1 else None


def decision(registration: Registration, *, user: User) -> RegistrationLink | None:
    """What was decided, as far as ``user`` may know; None while it waits."""
    decided = RegistrationLink.objects.select_related("person", "linked_by").filter(registration=registration).first()
    if decided and decided.person and not Person.objects.visible_to(user).filter(pk=decided.person.pk).exists():
        return None
    return decided


def may_decide(registration: Registration, *, user: User) -> bool:
    """Whether ``user`` may decide, again if need be; not over a link to a person hidden from them."""
    links = RegistrationLink.objects.filter(registration=registration)
    return not links.exclude(person=None).exclude(person__in=Person.objects.visible_to(user)).exists()


def contact_links(user: User, registrations: Iterable[Registration]) -> dict[UUID, ContactLink]:
    """Where each registration on an event's list leads: to the person it is linked to, or to the decision."""
    if not may_read(user):
        return {}
    registrations = list(registrations)
    decided = {one.registration_id: one for one in RegistrationLink.objects.filter(registration__in=registrations)}
    seen = RegistrationLink.objects.visible_to(user).filter(registration__in=registrations).select_related("person")
    no_calls = Exists(Refusal.objects.of(Channel.PHONE).filter(person=OuterRef("person")))
    links = {one.registration_id: _link_to(one) for one in seen.annotate(no_calls=no_calls)}
    for registration in registrations:
        if registration.is_live and registration.pk not in decided:
            url = reverse("workspace:proposal", args=[registration.pk])
            links[registration.pk] = ContactLink(_("Link to a person"), url)
    return links


def _link_to(decided: RegistrationLink) -> ContactLink:
    warning = str(PLEAS[Channel.PHONE]) if decided.no_calls else ""
    return ContactLink(str(decided.person), decided.person.get_absolute_url(), decided.person, warning)


@transaction.atomic
def link(registration: Registration, person: Person, *, actor: User) -> RegistrationLink:
    """``actor`` says it is this person's; a later answer takes the place of an earlier one."""
    return _decide(registration, person, actor)


@transaction.atomic
def ignore(registration: Registration, *, actor: User) -> RegistrationLink:
    """``actor`` says it is no contact of ours: it is not proposed again, and nothing is kept."""
    return _decide(registration, None, actor)


def _decide(registration: Registration, person: Person | None, actor: User) -> RegistrationLink:
    decision, _created = RegistrationLink.objects.update_or_create(
        registration=registration, defaults={"person": person, "linked_by": actor}
    )
    record("create", decision, actor=actor)
    return decision


@transaction.atomic
def link_new_person(
    registration: Registration,
    person: Person,
    *,
    organisation: Organisation | None,
    role: str,
    actor: User,
    belongings: Belongings | None = None,
    languages: Iterable[Language] | None = None,
) -> Person:
    """Keep ``person``, as ``actor`` wrote them, with the role they gave, and link the registration to them."""
    keep(person, actor=actor, belongings=belongings, languages=languages)
    if organisation:
        give_role(Affiliation(person=person, organisation=organisation, role=role, primary=True), actor=actor)
    link(registration, person, actor=actor)
    return person


def source_of(registration: Registration) -> str:
    """Where a person made from a registration comes from, in the words the officer may change."""
    return _("registered for %(event)s") % {"event": registration.event.public_title}
