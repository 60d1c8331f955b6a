"""Organisations that belong under another, and those that belong under them."""

from contacts.models import Organisation


def above(organisation: Organisation) -> list[Organisation]:
    """Everything it belongs under, from the nearest up, hidden ones too; ends where a circle would begin."""
    found: list[Organisation] = []
    one = organisation.umbrella
    while one and one not in found:
        found.append(one)
        one = one.umbrella
    return found
