"""Keeping contacts: who they are, and which roles a person holds."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from django.db import transaction

from contacts.models import Affiliation, Organisation, Person
from outreach.accounts.models import User
from outreach.audit.trail import record

Kept = TypeVar("Kept", Person, Organisation)


@transaction.atomic
def keep(contact: Kept, *, actor: User) -> Kept:
    """Save a new or changed contact."""
    verb = "create" if contact._state.adding else "change"
    contact.save()
    record(verb, contact, actor=actor)
    return contact


@transaction.atomic
def give_role(role: Affiliation, *, actor: User) -> Affiliation:
    """Write down that a person holds a role; a new main role takes the place of the old one."""
    main = role.person.affiliations.current().filter(primary=True)
    if role.primary:
        main.update(primary=False)
    else:
        role.primary = not main.exists()
    role.save()
    record("create", role, actor=actor)
    return role


@transaction.atomic
def end_role(role: Affiliation, *, ended_on: date, actor: User) -> Affiliation:
    """The person no longer holds it; the oldest role left becomes the main one."""
    was_main, role.primary, role.ended_on = role.primary, False, ended_on
    role.save()
    heir = role.person.affiliations.current().first() if was_main else None
    if heir:
        heir.primary = True
        heir.save(update_fields=["primary"])
    record("change", role, actor=actor)
    return role


def put_main_roles(people: Sequence[Person], user: User) -> None:
    """Give each person ``role``: the main current role ``user`` may see, or None; one query for all of them."""
    roles = Affiliation.objects.current().visible_to(user).filter(person__in=people).select_related("organisation")
    first: dict[object, Affiliation] = {}
    for role in roles:
        first.setdefault(role.person_id, role)
    for person in people:
        person.role = first.get(person.pk)
