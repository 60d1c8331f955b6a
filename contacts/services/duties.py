"""How much a colleague answers for. An administrator asks before closing the account, and sees none of it."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from contacts.models import FollowUp, Organisation, Person
from outreach.accounts.models import User


class Owned(NamedTuple):
    contacts: int
    follow_ups: int


def owned_by(colleague: User) -> Owned:
    """Restricted contacts too: one number in which none of them shows. On PostgreSQL the function tells an
    administrator alone, whose process meets no contact (sight.sql)."""
    if connection.vendor != "postgresql":
        contacts = sum(model.objects.owned_by(colleague).count() for model in (Person, Organisation))
        return Owned(contacts, FollowUp.objects.owned_by(colleague).open().count())
    with connection.cursor() as cursor:
        cursor.execute("SELECT sight_answers_for(%s)", [colleague.pk])
        (counted,) = cursor.fetchone()
    return Owned(*counted) if counted else Owned(0, 0)


def contacts_of(colleague: User, now: datetime) -> int:
    return owned_by(colleague).contacts


def follow_ups_of(colleague: User, now: datetime) -> int:
    return owned_by(colleague).follow_ups
