"""A list as a spreadsheet: the rows and columns its reader sees, and no more."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation, Person
from contacts.services.beside import put_beside
from contacts.vocabulary import put_all
from outreach.accounts.models import User

MOST = 5_000  # rows of one sheet

Contact = Person | Organisation
Column = tuple[Promise, Callable[[Any, date], object]]  # of the contacts of the list: Person or Organisation


def _role(person: Person, today: date) -> str:
    return capfirst(person.role.role) if person.role else ""


def _works_for(person: Person, today: date) -> str:
    return str(person.role.organisation) if person.role else ""


def _due(contact: Contact, today: date) -> date | None:
    return contact.next_due


NAME: Column = (_("Name"), lambda contact, today: contact.name)
SHARED: list[Column] = [
    (_("Municipality"), lambda contact, today: contact.municipality),
    (_("Last talked"), lambda contact, today: contact.last_dialogue_on),
    (_("Agreed rhythm"), lambda contact, today: contact.rhythm(today).agreed),
    (_("Rhythm"), lambda contact, today: contact.rhythm(today).left),
    (_("Follow-up"), _due),
]
OWNER: Column = (_("Owner"), lambda contact, today: contact.owner)
SPOKEN: Column = (_("Languages"), lambda person, today: ", ".join(person.spoken))
COLUMNS: dict[type, list[Column]] = {
    Person: [NAME, (_("Role"), _role), (_("Organisation"), _works_for), *SHARED, SPOKEN, OWNER],
    Organisation: [NAME, (_("Kind"), lambda organisation, today: organisation.kind), *SHARED, OWNER],
}


class TooManyRows(Exception):
    """The list is longer than one sheet may be."""


def rows_of(contacts: QuerySet, *, user: User) -> list[Contact]:
    """What the sheet will hold, with everything its cells ask for. Raises TooManyRows."""
    rows = list(contacts[: MOST + 1])
    if len(rows) > MOST:
        raise TooManyRows
    put_all(rows)
    put_beside(rows, user)
    return rows


def head_of(model: type) -> Sequence[str]:
    return [str(label) for label, _cell in COLUMNS[model]]


def cells_of(rows: Sequence[Contact], *, today: date) -> list[list[object]]:
    return [[cell(row, today) for _label, cell in COLUMNS[type(row)]] for row in rows]
