"""How long the outbox is kept."""

from datetime import datetime

from django.db.models import QuerySet

from outreach.privacy.retention import Rule

from .models import OutboxMessage


def finished_before(moment: datetime) -> QuerySet:
    return OutboxMessage.objects.finished().filter(created_at__lt=moment)


RULE = Rule(
    name="mail.outbox",
    trigger="the mail was written",
    days=182,
    due=finished_before,
    basis="to show that a mail was sent while its event is still talked about",
)
