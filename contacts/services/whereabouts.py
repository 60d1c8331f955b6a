"""Where a contact is: its addresses with the police district and the region that hold on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from contacts import vocabulary
from contacts.models import Address, Organisation, Person
from outreach.places.models import Municipality, Region


@dataclass(frozen=True)
class Spot:
    address: Address | None  # None: the municipality one works in is all we know
    municipality: Municipality | None
    region: Region | None


def spots(contact: Person | Organisation, addresses: Sequence[Address], *, today: date) -> list[Spot]:
    """The main address first; a municipality that stands alone before the others."""
    found: list[tuple[Address | None, Municipality | None]] = [(one, one.municipality) for one in addresses]
    if contact.municipality and not any(address.main and address.municipality for address in addresses):
        found.insert(0, (None, contact.municipality))
    regions = {row.municipality_id: row.region for row in vocabulary.memberships() if row.holds_on(today)}
    return [Spot(address, place, regions.get(place.pk) if place else None) for address, place in found]
