"""What we promised: made, kept, and opened again when it was not."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from contacts.models import FollowUp, Snooze
from contacts.models.visibility import READERS
from contacts.services.meanwhile import count_up
from outreach.accounts.models import User
from outreach.audit.trail import record


@transaction.atomic(savepoint=False)
def promise(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """Write down something promised, or a planned conversation."""
    follow_up.save()
    record("create", follow_up, actor=actor)
    return follow_up


@transaction.atomic
def correct(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """Save what was changed in it. Raises ChangedMeanwhile."""
    count_up(follow_up)
    follow_up.save()
    record("change", follow_up, actor=actor)
    return follow_up


@transaction.atomic
def keep(follow_up: FollowUp, *, actor: User, now: datetime) -> FollowUp:
    """It is done; how it went may be said later. One that is done by now, a second click, stays as it is."""
    still_open = FollowUp.objects.open().filter(pk=follow_up.pk)
    if still_open.update(done_at=now, version=F("version") + 1):
        record("change", follow_up, actor=actor)
    follow_up.refresh_from_db(fields=["done_at", "version"])
    return follow_up


@transaction.atomic
def conclude(follow_up: FollowUp, *, actor: User, now: datetime) -> FollowUp:
    """It is done, with the outcome written on it; one done before keeps its day. Raises ChangedMeanwhile."""
    return _settle(follow_up, follow_up.done_at or now, actor=actor)


@transaction.atomic
def reopen(follow_up: FollowUp, *, actor: User) -> FollowUp:
    """It was not done after all, so nothing came of it yet. Raises ChangedMeanwhile."""
    if follow_up.done_at:
        follow_up.outcome, follow_up.outcome_text = "", ""
        _settle(follow_up, None, actor=actor)
    return follow_up


def _settle(follow_up: FollowUp, done_at: datetime | None, *, actor: User) -> FollowUp:
    count_up(follow_up)
    follow_up.done_at = done_at
    follow_up.save(update_fields=["done_at", "outcome", "outcome_text"])
    record("change", follow_up, actor=actor)
    return follow_up


@transaction.atomic
def postpone(follow_up: FollowUp, *, until: date, reason: str, actor: User, now: datetime) -> Snooze:
    """It falls due later. What it was due before, and why it was put off, is kept. Raises ChangedMeanwhile."""
    count_up(follow_up)
    snooze = follow_up.snoozes.create(was_due=follow_up.due_on, until=until, reason=reason, at=now)
    follow_up.due_on = until
    follow_up.save(update_fields=["due_on"])
    record("change", follow_up, actor=actor)
    return snooze


def keepers(follow_up: FollowUp, *, today: date) -> QuerySet[User]:
    """Who may be its owner: colleagues who may see everybody it is about; about nobody, only whose it is."""
    users = User.objects.filter(is_active=True, role__in=READERS).order_by("name")
    if not follow_up.about:
        return users.filter(pk=follow_up.owner_id)
    for contact in follow_up.about:
        if contact.restricted:
            granted = contact.grants.live(today).values("user")
            users = users.filter(Q(pk=contact.owner_id) | Q(pk__in=granted))
    return users


def usual_due(today: date) -> date:
    """When a promise falls due unless the officer says otherwise: in a week, on a working day."""
    due = today + timedelta(days=7)
    weekend = due.isoweekday() - 5
    return due + timedelta(days=3 - weekend) if weekend > 0 else due
