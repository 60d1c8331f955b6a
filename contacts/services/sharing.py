"""Need to know: closing a contact to all but named colleagues, and letting one of them in until a day."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from contacts.models import ContactGrant, Organisation, Person
from contacts.models.grant import MOST_DAYS
from outreach.accounts.models import User
from outreach.audit.trail import record

LONGEST = timedelta(days=MOST_DAYS)  # of access that is given once


class NotRestricted(ValueError):
    """Every officer may see the contact by now: there is nothing to give access to."""


class TooLong(ValueError):
    """Access was to last longer than a year."""


@transaction.atomic
def restrict(contact: Person | Organisation, *, actor: User, reason: str) -> None:
    """From now on only the owner and colleagues with a live grant may know of it."""
    _set_restricted(contact, True, actor=actor, reason=reason)


@transaction.atomic
def open_up(contact: Person | Organisation, *, actor: User, reason: str) -> None:
    """Every officer may see it again; grants end, so that a later closing starts afresh."""
    contact.grants.all().delete()
    _set_restricted(contact, False, actor=actor, reason=reason)


def _set_restricted(contact: Person | Organisation, restricted: bool, *, actor: User, reason: str) -> None:
    contact.restricted = restricted
    contact.save(update_fields=["restricted", "updated_at"])
    record("change", contact, actor=actor, reason=reason)


@transaction.atomic
def give_access(
    contact: Person | Organisation,
    colleague: User,
    *,
    until: date,
    reason: str,
    actor: User,
    today: date,
    form_key: UUID | None = None,
) -> ContactGrant:
    """Let ``colleague`` see ``contact`` until a day, that day included. Asked again, the newest answer holds.

    Raises TooLong beyond a year from ``today``: whether it is still needed is asked anew once a year at least. Raises
    NotRestricted.
    """
    if until > today + LONGEST:
        raise TooLong(until)
    closed = type(contact).objects.select_for_update(no_key=True, of=("self",)).filter(pk=contact.pk, restricted=True)
    if not closed.values_list("pk").first():  # opened a moment ago: a later closing is to start afresh
        raise NotRestricted(contact)
    answer = {"given_on": today, "until": until, "reason": reason, "granted_by": actor, "form_key": form_key}
    grant, _created = contact.grants.update_or_create(user=colleague, defaults=answer)
    record("create", grant, actor=actor, reason=reason)
    return grant


@transaction.atomic
def end_access(grant: ContactGrant, *, actor: User) -> None:
    """The colleague may no longer see the contact."""
    record("delete", grant, actor=actor)
    grant.delete()
