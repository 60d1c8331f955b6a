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
from contacts.services.belongings import Belongings
from contacts.services.deciding import NOBODY, UNDECIDED, hold, state_of
from contacts.services.keeping import keep
from contacts.services.namesakes import called_like, likeness, names_of
from contacts.services.roles import give_role
from contacts.services.telling import Proposal, told
from events.models import Correction, Registration
from events.seams import ContactLink
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.places.folding import fold


@dataclass(frozen=True)
class Suggestion:
    """A person the registration or invitation may be from, and why we think so."""

    person: Person
    reasons: tuple[str, ...]
    weight: int


def waiting(user: User) -> QuerySet[Registration]:
    """Registrations ``user`` may read and nobody has decided on, the oldest first."""
    return Registration.objects.visible_to(user).live().filter(contact_link=None).order_by("created_at", "pk")


def corrections(user: User) -> QuerySet[Correction]:
    """Corrections ``user`` may decide on and nobody has, the longest waiting first."""
    return Correction.objects.visible_to(user).waiting().select_related("registration__event")


def suggestions(registration: Proposal, *, user: User) -> list[Suggestion]:
    """The people ``user`` may see who may have sent it, the likeliest first."""
    return suggestions_for([registration], user=user)[registration.pk]


def suggestions_for(registrations: Iterable[Proposal], *, user: User) -> dict[UUID, list[Suggestion]]:
    """``suggestions`` for a page of registrations in five queries, of corrections in six."""
    registrations = list(registrations)
    said = [told(registration) for registration in registrations]
    keys = set().union(*(one.mailboxes | one.numbers for one in said))
    names = set().union(*(one.names for one in said)) - {""}
    alike = called_like(Person.objects.visible_to(user), names)
    linked = _linked_to(registrations, user)
    roles = Affiliation.objects.current().visible_to(user).select_related("organisation")
    theirs = ContactPoint.objects.filter(key__in=keys).exclude(person=None).values("person")
    people = (
        Person.objects.visible_to(user)
        .filter(Q(pk__in=theirs) | Q(name_key__in=names) | Q(pk__in=[*linked.values(), *alike]))
        .prefetch_related(Prefetch("affiliations", roles, to_attr="roles"), "points", "other_names")
    )
    known = [(person, names_of(person)) for person in people]
    found: dict[UUID, list[Suggestion]] = {}
    for registration in registrations:
        candidates = [_weigh(registration, *one, linked.get(registration.pk)) for one in known]
        likely = [candidate for candidate in candidates if candidate.reasons]
        found[registration.pk] = sorted(likely, key=lambda one: (-one.weight, one.person.name))
    return found


def _linked_to(proposals: Iterable[Proposal], user: User) -> dict[UUID, UUID]:
    """Whom the registration behind each correction was linked to, by the correction; as far as ``user`` may know."""
    corrected = {one.pk: one.registration_id for one in proposals if isinstance(one, Correction)}
    if not corrected:
        return {}
    links = RegistrationLink.objects.visible_to(user).filter(registration__in=corrected.values())
    people = dict(links.values_list("registration", "person"))
    return {pk: people[registration] for pk, registration in corrected.items() if registration in people}


def _weigh(proposal: Proposal, person: Person, names: list[str], linked: UUID | None) -> Suggestion:
    """Name, mailbox and number count most; an organisation alone is no reason."""
    said, theirs = told(proposal), {point.key for point in person.points.all()}
    same_mailbox, same_number = bool(said.mailboxes & theirs), bool(said.numbers & theirs)
    same_name = likeness(said.names, names)
    same_workplace = any(role.organisation.name_key in said.workplaces for role in person.roles)
    reasons = [_("the registration is linked to this person")] if linked == person.pk else []
    if same_mailbox:
        # Associations share mailboxes (product.md, rule 14).
        reasons.append(_("same e-mail") if same_name else _("same e-mail, another name"))
    if same_number:
        reasons.append(_("same phone"))
    if same_name:
        reasons.append(str(same_name.words))
    if reasons and same_workplace:
        reasons.append(_("same organisation"))
    weight = 8 * (linked == person.pk) + (same_name.weight if same_name else 0)
    weight += 3 * same_mailbox + 2 * same_number + same_workplace
    return Suggestion(person, tuple(reasons), weight)


def organisation_named(registration: Proposal, *, user: User) -> Organisation | None:
    """The one organisation ``user`` may see whose name the visitor wrote, in any spelling."""
    name = told(registration).workplace
    found = Organisation.objects.visible_to(user).filter(name_key=fold(name))[:2]
    return found[0] if name and len(found) == 1 else None


def contact_links(user: User, registrations: Iterable[Registration]) -> dict[UUID, ContactLink]:
    """Where each registration on an event's list leads: to the person it is linked to, or to the decision."""
    if not may_read(user):
        return {}
    registrations = list(registrations)
    decided = {one.registration_id: one for one in RegistrationLink.objects.filter(registration__in=registrations)}
    seen = RegistrationLink.objects.visible_to(user).filter(registration__in=registrations).select_related("person")
    no_calls = Exists(Refusal.objects.of(Channel.PHONE).filter(person=OuterRef("person")))
    shown = seen.exclude(person=None).annotate(no_calls=no_calls)
    links = {one.registration_id: _link_to(one.person, no_calls=one.no_calls) for one in shown}
    for registration in registrations:
        if registration.is_live and registration.pk not in decided:
            url = reverse("workspace:proposal", args=[registration.pk])
            links[registration.pk] = ContactLink(_("Link to a person"), url)
    return links


def _link_to(person: Person, *, no_calls: bool) -> ContactLink:
    warning = str(PLEAS[Channel.PHONE]) if no_calls else ""
    return ContactLink(str(person), person.get_absolute_url(), person, warning)


@transaction.atomic
def link(registration: Registration, person: Person, *, actor: User, seen: str = UNDECIDED) -> RegistrationLink:
    """``actor``, who saw what was decided by then, says it is this person's. Raises AlreadyDecided."""
    return _decide(registration, person, actor=actor, seen=seen)


@transaction.atomic
def ignore(registration: Registration, *, actor: User, seen: str = UNDECIDED, reason: str = "") -> RegistrationLink:
    """``actor`` says it is no contact of ours: not proposed again, and nothing is kept. Raises AlreadyDecided."""
    return _decide(registration, None, actor=actor, seen=seen, reason=reason)


def _decide(
    registration: Registration, person: Person | None, *, actor: User, seen: str, reason: str = ""
) -> RegistrationLink:
    """Said once more, it is what it is: nothing is noted twice."""
    wanted = str(person.pk) if person else NOBODY
    if seen != wanted and state_of(registration) == wanted:
        return RegistrationLink.objects.get(registration=registration)
    hold(registration, seen=seen)
    decision, _created = RegistrationLink.objects.update_or_create(
        registration=registration, defaults={"person": person, "linked_by": actor}
    )
    record("create", decision, actor=actor, reason=reason)
    return decision


@transaction.atomic
def link_new_person(
    registration: Registration,
    person: Person,
    *,
    organisation: Organisation | None,
    role: str,
    actor: User,
    seen: str = UNDECIDED,
    belongings: Belongings | None = None,
    languages: Iterable[Language] | None = None,
) -> Person:
    """Keep ``person``, as ``actor`` wrote them, with the role they gave, and link the registration to them.

    Raises AlreadyDecided, and keeps nobody.
    """
    hold(registration, seen=seen)
    keep(person, actor=actor, belongings=belongings, languages=languages)
    if organisation:
        give_role(Affiliation(person=person, organisation=organisation, role=role, primary=True), actor=actor)
    link(registration, person, actor=actor, seen=seen)
    return person


def source_of(registration: Registration) -> str:
    """Where a person made from a registration comes from, in the words the officer may change."""
    return _("registered for %(event)s") % {"event": registration.event.public_title}
