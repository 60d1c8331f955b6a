"""The list participants see of each other: each chooses how to stand on it, and stands nowhere until then."""

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from events.models import Event, Registration, Shown

from . import seats
from .seats import Outcome, Status

PARTS = re.compile(r"[\s-]+")


@transaction.atomic
def choose(registration_id: UUID, how: str, *, now: datetime) -> Outcome:
    """Stand on the list like this; ``how`` is of Shown. It can be taken back as long as the registration stands."""
    registration = seats.claim(registration_id)
    changed = registration.is_live and how in Shown.values and registration.shown != how
    if changed:
        registration.shown = how
        registration.save(update_fields=["shown"])
    return seats.outcome(registration, changed=changed)


def seen_by(registration_id: UUID, *, now: datetime) -> list[tuple[str, str, str]] | None:
    """What one who comes sees of the others: initials, name, organisation each; None when it is not for them now."""
    registration = Registration.objects.select_related("event").get(pk=registration_id)
    if registration.status != Status.CONFIRMED or not registration.event.shows_list(now):
        return None
    return lines(registration.event)


def lines(event: Event) -> list[tuple[str, str, str]]:
    """The list as it would be shown now, with nothing in it that somebody does not want to show."""
    return [line(row) for row in Registration.objects.listed(event) if any(line(row))]


def line(registration: Registration) -> tuple[str, str, str]:
    """Initials, name and organisation, each empty where it is not to be seen."""
    shown = registration.shown
    return (
        initials(registration.name) if shown == Shown.INITIALS else "",
        registration.name if shown == Shown.FULL else "",
        registration.organisation if shown in (Shown.ORGANISATION, Shown.FULL) else "",
    )


def initials(name: str) -> str:
    """The first letter of each part of a name: "Ana Bo-Lund" is A.B.L."""
    return "".join(f"{part[0].upper()}." for part in PARTS.split(name) if part)
