"""What the worker does after a change, and in the morning. Every task can run twice: it acts on the state it finds."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from contacts.mail import tell_what_waits
from contacts.models import Dialogue
from contacts.services import daily_mail as daily
from contacts.services.rhythm import keep_rhythm
from outreach.queue.tasks import task


@task()
def dialogue_corrected(dialogue_id: str) -> None:
    """Keep the rhythm of everybody who was there, also of those whose rows the one who corrected it never met."""
    if dialogue := Dialogue.objects.filter(pk=dialogue_id).first():
        keep_rhythm([*dialogue.people.all(), *dialogue.organisations.all()])


@task()
def daily_mail(user_id: str) -> None:
    """Tell a colleague what waits, unless it was looked at today, nothing does, or the morning has passed."""
    now = timezone.now()
    with transaction.atomic():
        if found := daily.take(UUID(user_id), now=now):
            choice, waiting = found
            tell_what_waits(choice, waiting, day=timezone.localdate(now))
