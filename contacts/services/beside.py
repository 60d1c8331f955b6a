"""What lists show beside a contact, in one query for all of theirs: roles, what was promised, languages."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import DateField, IntegerField, Min, QuerySet, Value

from contacts import vocabulary
from contacts.models import Affiliation, FollowUp, Organisation, Person
from outreach.accounts.models import User
from outreach.prepared import Among, prepared

ROLE, DUE, LANGUAGE = "role", "due", "language"
MAIN_FIRST = Affiliation._meta.ordering or ()


class MainRole(NamedTuple):
    """What a person is, and where."""

    role: str
    organisation: str


def _roles(user: User) -> QuerySet:
    held = Affiliation.objects.current().visible_to(user).filter(Among("person_id")).order_by()
    return held.values_list(Value(ROLE), "person_id", "role", "organisation__name", "started_on", "primary", "pk")


def _due(user: User, field: str) -> QuerySet:
    promised = FollowUp.objects.visible_to(user).open().filter(Among(f"{field}_id")).order_by()
    first = promised.values(f"{field}_id").annotate(first=Min("due_on"))
    return first.values_list(Value(DUE), f"{field}_id", Value(""), Value(""), "first", Value(False), Value(0))


def _languages() -> QuerySet:
    spoken = Person.languages.through.objects.filter(Among("person_id"))
    nothing = Value(None, DateField()), Value(False), Value(0, IntegerField())
    return spoken.values_list(Value(LANGUAGE), "person_id", "language_id", Value(""), *nothing)


@prepared
def _beside_people(user: User) -> QuerySet:
    return _roles(user).union(_due(user, "person"), _languages(), all=True).order_by(*MAIN_FIRST)


@prepared
def _beside_organisations(user: User) -> QuerySet:
    return _due(user, "organisation")


def put_beside(contacts: Sequence[Person | Organisation], user: User) -> None:
    """Give each ``next_due``: when the first open follow-up ``user`` may see falls due, or None. And each person
    ``role``: the main current one ``user`` may see, or None; and ``spoken``: the names of their languages."""
    if not contacts:
        return
    ask = _beside_people if isinstance(contacts[0], Person) else _beside_organisations
    rows = _of_each(ask(user, those=[contact.pk for contact in contacts]))
    for contact in contacts:
        contact.next_due = next((row.day for row in rows[DUE, contact.pk]), None)
        if isinstance(contact, Person):
            contact.role = _first_role(rows[ROLE, contact.pk])
            contact.spoken = vocabulary.spoken(row.text for row in rows[LANGUAGE, contact.pk])


class _Row(NamedTuple):
    """Of any of the queries; each fills what it has."""

    what: str
    contact: UUID
    text: str
    organisation: str
    day: date | None
    main: bool
    number: int


def _of_each(found: Iterable[tuple]) -> dict[tuple[str, UUID], list[_Row]]:
    rows = defaultdict(list)
    for row in map(_Row._make, found):
        rows[row.what, row.contact].append(row)
    return rows


def _first_role(held: list[_Row]) -> MainRole | None:
    return MainRole(held[0].text, held[0].organisation) if held else None
