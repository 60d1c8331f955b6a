"""Participants who were asked whether they still come."""

from datetime import datetime

from events.models import Registration
from outreach.mail.models import OutboxMessage


def asked(registration: Registration, at: datetime) -> None:
    """The question to this one went out then."""
    Registration.objects.filter(pk=registration.pk).update(asked_at=at, comes_at=None)
    OutboxMessage.objects.create(
        kind="events.still_coming",
        to=registration.email,
        about_label=Registration._meta.label,
        about_pk=str(registration.pk),
        part_of=str(registration.event_id),
        next_attempt_at=at,
        state=OutboxMessage.State.SENT,
        created_at=at,
        sent_at=at,
    )


def delivered() -> None:
    """What lies in the outbox has gone out in the moment it was written."""
    for mail in OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED):
        OutboxMessage.objects.filter(pk=mail.pk).update(state=OutboxMessage.State.SENT, sent_at=mail.created_at)
