"""Whose calendar may hold the entry of a seat: only from there must it be taken out again."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from events.models import Registration
from outreach.mail.models import OutboxMessage
from outreach.privacy.retention import RULES

Status = Registration.Status
BRINGS_ENTRY = ("events.confirmed", "events.event_changed")
# Only whoever had a seat comes to these states; others cancel too.
HAD_A_SEAT = {Status.CONFIRMED, Status.RELEASED, Status.SWAPPED}


def may_be_held(registrations: Collection[Registration], *, now: datetime) -> set[UUID]:
    """The keys of those to whom an entry was, or may have been, sent.

    The outbox forgets after half a year, and events are planned years ahead. Of one who cancels and registered before
    that, nobody knows: a program passes over a CANCEL of what it does not hold.
    """
    held = {row.pk for row in registrations if row.status in HAD_A_SEAT}
    cancelled = {row.pk: row for row in registrations if row.status == Status.CANCELLED}
    forgotten = now - RULES["mail.outbox"].period
    held |= {pk for pk, row in cancelled.items() if (row.confirmed_at or row.created_at) <= forgotten}
    asked = cancelled.keys() - held
    return held | _told(asked) if asked else held


def _told(keys: Iterable[UUID]) -> set[UUID]:
    about = OutboxMessage.objects.filter(about_label=Registration._meta.label, about_pk__in=[str(key) for key in keys])
    sent = about.filter(kind__in=BRINGS_ENTRY).exclude(state=OutboxMessage.State.SKIPPED)
    return {UUID(pk) for pk in sent.values_list("about_pk", flat=True)}
