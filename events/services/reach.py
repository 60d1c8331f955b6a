"""Registrations whose address gives mail back."""

from collections.abc import Sequence

from django.db import transaction

from events.models import Registration
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail.reach import Reach, reach_of
from outreach.queue.enqueue import enqueue


def put_reach(registrations: Sequence[Registration]) -> None:
    """Give each registration ``reach``; ``is_unreached``: no mail reaches them; ``lost_offer``: no mail tells of the
    seat that is held for them."""
    known = reach_of(row.email for row in registrations)
    for row in registrations:
        reach = known.get(row.email, Reach())
        row.reach = reach  # type: ignore[attr-defined]
        row.is_unreached = not row.email or reach.comes_back  # type: ignore[attr-defined]
        row.lost_offer = reach.comes_back and row.status == Registration.Status.OFFERED  # type: ignore[attr-defined]


@transaction.atomic
def works_again(registration: Registration, *, officer: User) -> None:
    """A colleague says that the address works; the mark is lifted, and nothing that was skipped is sent by itself."""
    enqueue("events.address_works", registration.pk)
    record("change", registration, actor=officer, reason="mail to the address works again")
