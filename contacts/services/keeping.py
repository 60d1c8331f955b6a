"""Keeping contacts: who they are, and the main role a list shows."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from typing import TypeVar

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet

from contacts.models import Affiliation, Language, Organisation, Person
from contacts.services.belongings import Belongings, keep_carried, write
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.services.umbrellas import hold_umbrella
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.gathering import Gathered, made
from outreach.wall.context import seeing

Kept = TypeVar("Kept", Person, Organisation)


@transaction.atomic
def keep(
    contact: Kept,
    *,
    actor: User,
    belongings: Belongings | None = None,
    languages: Iterable[Language] | None = None,
    version: int | None = None,
) -> Kept:
    """Save a new or changed contact with what belongs to it; None leaves that as it is.

    The owner of a restricted one may give it away, and then sees it no longer. ``version`` is the one that was read.
    Raises ChangedMeanwhile when it is no longer the one that stands, NotAbove (umbrellas.py) when the organisation
    above it has meanwhile been put under it. What ``contact`` did not change stays as others
    have saved it, whether that counted as a version or not: a talk logged, a contact restricted.
    """
    verb = "create" if contact._state.adding else "change"
    if verb == "change" and isinstance(contact, Organisation):
        hold_umbrella(contact, user=actor)
    with seeing(contact.pk) if contact.restricted else nullcontext():
        if verb == "change":
            _count_up(contact, version)
        contact.save()
        if languages is not None:
            contact.languages.set(languages)
        if belongings is None:
            keep_carried(contact)
        else:
            write(contact, belongings)
    record(verb, contact, actor=actor)
    return contact


def _count_up(contact: Person | Organisation, version: int | None) -> None:
    """The next version, in one statement, so that of two who save at once the later is told."""
    rows = type(contact)._base_manager.filter(pk=contact.pk)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1):
        raise ChangedMeanwhile
    contact.read_anew_but_for_changes(always={"version", "last_dialogue_on"})


MAIN = [*("id", "role", "organisation_id"), *(f"organisation__{name}" for name in ("name", "restricted", "status"))]
MAIN += [f"organisation__{name}" for name in ("rhythm_weeks", "last_dialogue_on", "talk_by")]


def saying_main_role(people: QuerySet[Person], user: User) -> QuerySet[Person]:
    """With ``told_role``: the main current role ``user`` may see, in the query that reads the people."""
    roles = Affiliation.objects.current().visible_to(user).filter(person=OuterRef("pk"))
    return people.annotate(told_role=Gathered(roles.values(*MAIN)[:1]))


def with_main_roles(people: list[Person]) -> list[Person]:
    """Each of ``saying_main_role`` with its ``role``."""
    for person in people:
        person.role = next(iter(made(Affiliation, vars(person)["told_role"])), None)
    return people


def put_main_roles(people: Sequence[Person], user: User) -> None:
    """Give each person ``role``: the main current role ``user`` may see, or None; one query for all of them."""
    roles = Affiliation.objects.current().visible_to(user).filter(person__in=people).select_related("organisation")
    first: dict[object, Affiliation] = {}
    for role in roles:
        first.setdefault(role.person_id, role)
    for person in people:
        person.role = first.get(person.pk)
