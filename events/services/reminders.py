"""Reminders: planned by an officer, sent once each by the worker, planned anew when the event moves."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from events.models import Event, Registration, Reminder
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail import gate
from outreach.queue.enqueue import enqueue

GROUP = "events.reminders"  # what an address says no to (events/mail.py)


@transaction.atomic
def plan(reminder: Reminder, *, officer: User) -> Reminder:
    """Keep a new reminder. Raises IntegrityError when there is one for that day already."""
    reminder.save(force_insert=True)
    record("change", reminder.event, actor=officer, reason=f"reminder: {reminder.days} {reminder.anchor}")
    return reminder


@transaction.atomic
def drop(reminder: Reminder, *, officer: User) -> None:
    record("change", reminder.event, actor=officer, reason=f"reminder dropped: {reminder.days} {reminder.anchor}")
    reminder.delete()


def send_due(now: datetime) -> int:
    """Start sending every reminder whose time has come; returns how many."""
    due = [reminder.pk for reminder in Reminder.objects.unsent() if reminder.is_due(now)]
    return sum(start(reminder_id, now=now) for reminder_id in due)


@transaction.atomic
def start(reminder_id: UUID, *, now: datetime) -> bool:
    """Whether this one was unsent until now."""
    started = Reminder.objects.filter(pk=reminder_id, sent_at=None).update(sent_at=now)
    if started:
        enqueue("events.remind", reminder_id)
    return bool(started)


def told(reminder: Reminder) -> dict[str, object]:
    """What the mail says besides the facts."""
    return {"words": reminder.words, "over": reminder.anchor == Reminder.Anchor.END}


def recipients(event: Event) -> QuerySet[Registration]:
    """Those to whom a reminder is written now: who has a seat and an address."""
    return event.registrations.confirmed().reachable()


def getting(event: Event) -> list[Registration]:
    """Those of them who get it: mail to them arrives, and they have not said no to it."""
    return gate.getting("events.reminder", recipients(event))


def remind_again(event: Event, made: Event) -> None:
    """Plan for ``made``, a copy, what was planned for ``event``."""
    told = event.reminders.values("anchor", "days", "words")
    Reminder.objects.bulk_create(Reminder(event=made, **each) for each in told)


def replan(event: Event, *, now: datetime) -> None:
    """After a move, a reminder that was sent is sent again where its new day is yet to come."""
    ahead = [reminder.pk for reminder in event.reminders.exclude(sent_at=None) if aims(reminder, event) > now]
    Reminder.objects.filter(pk__in=ahead).update(sent_at=None)


def aims(reminder: Reminder, event: Event) -> datetime:
    """When it is due by the event as it stands in memory."""
    reminder.event = event
    return reminder.due_at
