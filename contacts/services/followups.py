"""What we promised: made, kept, and opened again when it was not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from contacts.models import FollowUp, Organisation, Person
from outreach.accounts.models import User
from outreach.audit.trail import record


@transaction.atomic
def promise(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """Write down something promised, or a planned conversation; a changed one is saved the same way."""
    verb = "create" if follow_up._state.adding else "change"
    follow_up.save()
    record(verb, follow_up, actor=actor)
    return follow_up


@transaction.atomic
def keep(follow_up: FollowUp, *, actor: User, now: datetime) -> FollowUp:
    """It is done. A second click changes nothing."""
    return _set_done(follow_up, now, actor=actor) if follow_up.done_at is None else follow_up


@transaction.atomic
def reopen(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """It was not done after all."""
    return _set_done(follow_up, None, actor=actor) if follow_up.done_at else follow_up


def _set_done(follow_up: FollowUp, done_at: datetime | None, *, actor: User) -> FollowUp:
    follow_up.done_at = done_at
    follow_up.save(update_fields=["done_at"])
    record("change", follow_up, actor=actor)
    return follow_up


def usual_due(today: date) -> date:
    """When a promise falls due unless the officer says otherwise: in a week, on a working day."""
    due = today + timedelta(days=7)
    weekend = due.isoweekday() - 5
    return due + timedelta(days=3 - weekend) if weekend > 0 else due


def put_next_due(contacts: Sequence[Person | Organisation], user: User) -> None:
    """Give each contact ``next_due``: the open follow-up ``user`` may see that falls due first, or None."""
    if not contacts:
        return
    field = contacts[0]._meta.model_name
    follow_ups = FollowUp.objects.visible_to(user).open().filter(**{f"{field}__in": contacts}).order_by("due_on", "pk")
    first: dict[object, FollowUp] = {}
    for follow_up in follow_ups:
        first.setdefault(getattr(follow_up, f"{field}_id"), follow_up)
    for contact in contacts:
        contact.next_due = first.get(contact.pk)
