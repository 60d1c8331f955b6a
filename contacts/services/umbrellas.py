"""Organisations that belong under another, and those that belong under them."""

from dataclasses import dataclass

from contacts.models import Organisation
from outreach.accounts.models import User

SHOWN = 30


def above(organisation: Organisation) -> list[Organisation]:
    """What it belongs under, from the nearest up, to where a circle would begin or the database hides a row."""
    found: list[Organisation] = []
    one = _umbrella_of(organisation)
    while one and one not in found:
        found.append(one)
        one = _umbrella_of(one)
    return found


def _umbrella_of(organisation: Organisation) -> Organisation | None:
    return Organisation.objects.filter(pk=organisation.umbrella_id).first() if organisation.umbrella_id else None


@dataclass(frozen=True)
class Family:
    umbrella: Organisation | None
    members: list[Organisation]
    more: bool  # whether there are members beyond those shown


def family(organisation: Organisation, *, user: User) -> Family:
    """What it belongs under, and what belongs under it, among those ``user`` may see; a hidden one leaves no trace."""
    seen = Organisation.objects.visible_to(user)
    umbrella = seen.filter(pk=organisation.umbrella_id).first() if organisation.umbrella_id else None
    members = list(seen.filter(umbrella=organisation).select_related("kind").order_by("name", "pk")[: SHOWN + 1])
    return Family(umbrella, members[:SHOWN], len(members) > SHOWN)
