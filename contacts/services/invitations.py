"""An association invites us: who it may be, and what follows when an officer says yes (product.md, rule 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from contacts.models import Affiliation, FollowUp, Organisation, Person
from contacts.services import linking
from contacts.services.followups import promise
from contacts.services.keeping import keep, put_main_roles
from contacts.services.roles import give_role
from contacts.services.taking_over import Difference, take_over
from events.models import DialogueRequest
from events.services import dialogue_requests
from outreach.accounts.models import User
from outreach.design.templatetags.design_tags import longdate

FOUND = 6  # of each kind


@dataclass(frozen=True)
class Candidates:
    """Whom the invitation may be from, among those the officer may see; ``reasons`` by the person's id."""

    people: Sequence[Person]
    organisations: Sequence[Organisation]
    reasons: dict[UUID, tuple[str, ...]]


def waiting(user: User) -> QuerySet[DialogueRequest]:
    """Invitations nobody has answered, the longest waiting first."""
    return DialogueRequest.objects.visible_to(user).waiting().select_related("municipality", "handler")


def free(user: User) -> QuerySet[DialogueRequest]:
    """Those of them that ``user`` may answer: nobody else has taken them."""
    rows = DialogueRequest.objects.visible_to(user).waiting().free_for(user)
    return rows.select_related("municipality")


def candidates(invitation: DialogueRequest, *, user: User, text: str = "") -> Candidates:
    """The likeliest first, then what ``text`` finds."""
    likely = linking.suggestions(invitation, user=user)
    named = linking.organisation_named(invitation, user=user)
    theirs = [role.organisation for one in likely for role in one.person.roles]
    people = [one.person for one in likely]
    organisations = [*([named] if named else []), *theirs]
    if text.strip():
        people += Person.objects.visible_to(user).best_found(text, FOUND)
        organisations += Organisation.objects.visible_to(user).best_found(text, FOUND)
    people = list(dict.fromkeys(people))
    put_main_roles(people, user)
    reasons = {one.person.pk: one.reasons for one in likely}
    organisations = list(dict.fromkeys(organisations))
    prefetch_related_objects(organisations, "kind")
    return Candidates(people, organisations, reasons)


def new_contact(
    kind: type[Person] | type[Organisation], invitation: DialogueRequest, *, officer: User
) -> Person | Organisation:
    """Somebody we did not know, with what the invitation says of them and where we have it from; not saved."""
    source = _("invited us to a dialogue on %(day)s") % {"day": longdate(invitation.created_at)}
    return kind(
        name=invitation.name if kind is Person else invitation.organisation,
        email=invitation.email if kind is Person else "",
        phone=invitation.phone if kind is Person else "",
        municipality=invitation.municipality,
        owner=officer,
        team=officer.teams.first(),
        source=source,
        purpose=_("dialogue with civil society"),
    )


@dataclass(frozen=True)
class Yes:
    """What an officer decided: whom the invitation is from, in which role, and what happens next."""

    person: Person
    organisation: Organisation
    role: str
    title: str
    due_on: date
    key: UUID
    differences: Sequence[Difference] = ()
    taken: Mapping[str, str] = field(default_factory=dict)  # the choice for each of them


@transaction.atomic
def accept(invitation: DialogueRequest, yes: Yes, *, officer: User, now: datetime, today: date) -> FollowUp:
    """Say yes by mail, keep whoever is new, take over what was chosen, and note the follow-up.

    Raises dialogue_requests.NotYours, and ChangedMeanwhile when the person is no longer as ``officer`` saw them.
    """
    dialogue_requests.accept(invitation, officer=officer, now=now)
    if yes.organisation._state.adding:
        keep(yes.organisation, actor=officer)
    if yes.person._state.adding:
        keep(yes.person, actor=officer)
    elif yes.differences:
        version = yes.person.version
        take_over(yes.person, yes.differences, yes.taken, version=version, actor=officer, today=today)
    known = Affiliation.objects.current().filter(person=yes.person, organisation=yes.organisation)
    if not known.exists():
        give_role(Affiliation(person=yes.person, organisation=yes.organisation, role=yes.role), actor=officer)
    follow_up = FollowUp(pk=yes.key, title=yes.title, owner=officer, due_on=yes.due_on, promised_on=today)
    follow_up.person, follow_up.organisation, follow_up.invitation = yes.person, yes.organisation, invitation
    return promise(follow_up, actor=officer)


def answered_with(invitation: DialogueRequest, *, user: User) -> FollowUp | None:
    """The follow-up an accepted invitation led to, as far as ``user`` may know."""
    return FollowUp.objects.visible_to(user).with_contacts().filter(invitation=invitation).first()
