"""How long the outbox is kept."""

from datetime import datetime

from django.db.models import QuerySet

from outreach.privacy.retention import Rule

from .models import Mailbox, OutboxMessage


def finished_before(moment: datetime) -> QuerySet:
    return OutboxMessage.objects.finished().filter(created_at__lt=moment)


def silent_by(moment: datetime) -> QuerySet:
    return Mailbox.objects.silent_by(moment)


RULES = [
    Rule(
        name="mail.outbox",
        trigger="the mail was written",
        days=182,
        due=finished_before,
        basis="to show that a mail was sent while its event is still talked about",
    ),
    Rule(
        name="mail.mailbox",
        trigger="the links in the latest mail ended, and nothing was chosen with them",
        days=0,
        due=silent_by,
        basis="to let the owner of an address choose which mails come to it",
    ),
]
