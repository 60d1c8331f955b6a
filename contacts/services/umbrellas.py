"""Organisations that belong under another, and those that belong under them."""

from dataclasses import dataclass

from contacts.models import Organisation

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
