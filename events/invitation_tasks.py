"""What the worker does for those who are invited. Every task can run twice: each mail is written once."""

from datetime import datetime

from django.utils import timezone

from events.invitation_mail import tell_invited
from events.models import Event, Invitation
from events.services import inviting, staffing
from outreach.mail.models import OutboxMessage
from outreach.queue.tasks import task


@task()
def invite(event_id: str, sent_at: str, officer_id: str = "") -> None:
    """Write to everybody whom one press of the button has asked.

    If the event was called off meanwhile nobody is told of it, and so nobody of its end either. If the ``officer_id``
    who pressed no longer runs it, those not told yet are on the list as before; "" stands in older presses.
    """
    event = Event.objects.get(pk=event_id)
    asked = event.invitations.filter(status=Invitation.Status.SENT, sent_at=datetime.fromisoformat(sent_at))
    may_send = not officer_id or staffing.still_runs(officer_id, event, started="invitations")
    if event.status != Event.Status.PUBLISHED or not may_send:
        mails = OutboxMessage.objects.part_of(event).filter(kind="events.invitation")
        told = mails.values_list("about_pk", flat=True)
        asked.exclude(pk__in=list(told)).update(status=Invitation.Status.PREPARED, sent_at=None)
    elif event.still_takes_place(timezone.now()):
        tell_invited("events.invitation", asked.prefetch_related("event", "named_by"), occasion=sent_at)


@task()
def remind_invited(event_id: str, reminded_at: str, officer_id: str = "") -> None:
    """Write once more to those who had not answered, and have not by now; unless ``officer_id`` lost the event."""
    event = Event.objects.get(pk=event_id)
    if officer_id and not staffing.still_runs(officer_id, event, started="reminding the invited"):
        Invitation.objects.of(event).filter(reminded_at=datetime.fromisoformat(reminded_at)).update(reminded_at=None)
        return
    if event.still_takes_place(timezone.now()):
        silent = Invitation.objects.of(event).unanswered().filter(reminded_at=datetime.fromisoformat(reminded_at))
        told = silent.prefetch_related("event", "named_by")
        tell_invited("events.invitation_reminder", told, occasion=reminded_at)


@task()
def invitation_named(invitation_id: str) -> None:
    """Ask whom somebody named, unless they are asked already: whoever named them is not told which."""
    successor = inviting.ask_named(invitation_id, now=timezone.now())
    if successor and successor.sent_at:
        tell_invited("events.invitation", [successor], occasion=successor.sent_at.isoformat())
