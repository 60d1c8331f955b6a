"""The newest dialogues with somebody, in the order of an index (contacts/days_of_talks.py): their keys alone.

For a reader who may know of each of them: of a contact every reader sees, or of what they took part in themselves. On
PostgreSQL functions name them (contacts/sight.sql), before the second lock asks who may see each.
"""

from typing import Any

from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL

from contacts.days_of_talks import SIDES
from contacts.models import Dialogue, Organisation, Person
from outreach.accounts.models import User


def is_among_newest_with(contact: Person | Organisation, most: int) -> Any:
    """The condition on a dialogue to be among the newest with ``contact``."""
    if connection.vendor == "postgresql":
        return _is_among(_named_with(contact, most))
    return _is_newest("people" if isinstance(contact, Person) else "organisations", contact, most=most)


def is_among_newest_of(user: User, *, start: int, most: int) -> Any:
    """The condition on a dialogue to be among the newest ``user``, who reads, took part in, from a place on."""
    if connection.vendor == "postgresql":
        return _is_among(_keys_named_by("sight_newest_of_mine", Value(start), Value(most)))
    return _is_newest("officers", user, start=start, most=most)


def number_with(contact: Person | Organisation, most: int) -> Func:
    """How many there are with ``contact``, no further than ``most``; on PostgreSQL."""
    return Func(_named_with(contact, most), function="cardinality", output_field=models.IntegerField())


def _named_with(contact: Person | Organisation, most: int) -> Func:
    function = f"sight_newest_with_{contact._meta.model_name}"
    return _keys_named_by(function, Value(contact.pk, models.UUIDField()), Value(most))


def _keys_named_by(function: str, *values: Value) -> Func:
    named = "(SELECT %(function)s(%(expressions)s))::uuid[]"
    return Func(*values, template=named, function=function, output_field=models.UUIDField())


def _is_among(keys: Func) -> Func:
    among = {"template": "%(expressions)s)", "arg_joiner": " = ANY ("}
    return Func(F("pk"), keys, **among, output_field=models.BooleanField())


def _is_newest(field: str, one: Person | Organisation | User, *, start: int = 0, most: int) -> Q:
    side = getattr(Dialogue, field).through._meta.db_table
    in_order = f"SELECT dialogue_id FROM {side} WHERE {SIDES[side]} = %s ORDER BY day DESC, dialogue_id DESC"  # noqa: S608 - names
    return Q(pk__in=RawSQL(f"{in_order} LIMIT %s OFFSET %s", [one.pk.hex, most, start]))  # noqa: S611 - they are parameters
