"""Whether mail reaches those who registered, and which mails they want: what a colleague sees beside an address."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from events.models import Registration
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail.kinds import groups
from outreach.mail.models import Mailbox, Suppression, normal
from outreach.mail.reasons import why_back
from outreach.queue.enqueue import enqueue


class Reach(NamedTuple):
    """What we know of an address."""

    back_since: datetime | None  # NULL: mail to it arrives, as far as we know
    why: str  # in a sentence, where mail comes back
    unwanted: list[str]  # the groups of mails it wants none of, in words

    @property
    def comes_back(self) -> bool:
        return self.back_since is not None


def put_reach(registrations: Sequence[Registration]) -> None:
    """Give each registration ``reach``, in two queries for all; and ``lost_offer``: no mail tells of the seat held.

    For colleagues: the database tells of no address but those of registrations they may read.
    """
    keys = {normal(row.email) for row in registrations if row.email}
    back = {mark.address: mark for mark in Suppression.objects.bounced().filter(address__in=keys)}
    chosen = {box.address: box.unwanted for box in Mailbox.objects.filter(address__in=keys).exclude(chosen_at=None)}
    for row in registrations:
        mark, unwanted = back.get(normal(row.email)), chosen.get(normal(row.email), [])
        labels = [str(group.label) for group in groups() if group.name in unwanted]
        row.reach = Reach(mark and mark.since, why_back(mark.status) if mark else "", labels)  # type: ignore[attr-defined]
        row.lost_offer = bool(mark) and row.status == Registration.Status.OFFERED  # type: ignore[attr-defined]


@transaction.atomic
def works_again(registration: Registration, *, officer: User) -> None:
    """A colleague says that the address works; the mark is lifted, and nothing that was skipped is sent by itself."""
    enqueue("events.address_works", registration.pk)
    record("change", registration, actor=officer, reason="mail to the address works again")
