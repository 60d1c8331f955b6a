"""Keeping contacts: who they are, and the main role a list shows."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import TypeVar

from django.db import transaction

from contacts.models import Affiliation, Organisation, Person
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.wall.context import seeing

Kept = TypeVar("Kept", Person, Organisation)


@transaction.atomic
def keep(contact: Kept, *, actor: User) -> Kept:
    """Save a new or changed contact; the owner of a restricted one may give it away, and then sees it no longer."""
    verb = "create" if contact._state.adding else "change"
    with seeing(contact.pk) if contact.restricted else nullcontext():
        contact.save()
    record(verb, contact, actor=actor)
    return contact


def put_main_roles(people: Sequence[Person], user: User) -> None:
    """Give each person ``role``: the main current role ``user`` may see, or None; one query for all of them."""
    roles = Affiliation.objects.current().visible_to(user).filter(person__in=people).select_related("organisation")
    first: dict[object, Affiliation] = {}
    for role in roles:
        first.setdefault(role.person_id, role)
    for person in people:
        person.role = first.get(person.pk)
