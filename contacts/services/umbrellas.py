"""Organisations that belong under another, and those that belong under them."""

from dataclasses import dataclass

from django.db import connection

from contacts.models import Organisation
from outreach.accounts.models import User
from outreach.places.folding import fold

SHOWN = 30


def namesakes(user: User, name: str) -> list[Organisation]:
    """Those ``user`` may see that are called ``name``, in any spelling."""
    key = fold(name)[:140].replace("\0", "")
    if not key:
        return []
    found = Organisation.objects.visible_to(user).filter(name_key=key)
    return list(found.select_related("kind", "municipality").order_by("name", "pk")[:SHOWN])


def can_be_above(umbrella: Organisation, member: Organisation) -> bool:
    """Whether ``member`` can go under it: it is not over, not the same one, and does not belong under it already.

    The answer rests on every row, so that no circle is made through one that is hidden from whoever asks.
    """
    over = umbrella.status == Organisation.Status.ENDED
    return not (over or umbrella.pk == member.pk or _stands_under(umbrella, member))


def _stands_under(one: Organisation, other: Organisation) -> bool:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT sight_stands_under(%s, %s)", [one.pk, other.pk])
            return cursor.fetchone()[0]
    passed = {one.pk}
    above = one.umbrella_id
    while above and above != other.pk and above not in passed:
        passed.add(above)
        above = Organisation.objects.filter(pk=above).values_list("umbrella", flat=True).first()
    return above == other.pk


@dataclass(frozen=True)
class Family:
    umbrella: Organisation | None
    members: list[Organisation]
    more: bool  # whether there are members beyond those shown
