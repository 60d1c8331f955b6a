"""Organisations that belong under another, and those that belong under them."""

from dataclasses import dataclass

from django.db import connection

from contacts.models import Organisation
from outreach.accounts.models import User
from outreach.places.folding import fold

SHOWN = 30
LOCK = 71_401_117  # any number nobody else locks by


def namesakes(user: User, name: str) -> list[Organisation]:
    """Those ``user`` may see that are called ``name``, in any spelling."""
    key = fold(name)[:140].replace("\0", "")
    if not key:
        return []
    found = Organisation.objects.visible_to(user).filter(name_key=key)
    return list(found.select_related("kind", "municipality", "owner").order_by("name", "pk")[:SHOWN])


class NotAbove(Exception):
    """One organisation cannot be the umbrella of another."""


def can_be_above(umbrella: Organisation, member: Organisation, *, user: User) -> bool:
    """Whether ``member`` can go under it: it is not over, not the same one, and as far as ``user`` can see it does
    not belong under ``member``.

    A circle through an organisation that is hidden from ``user`` is let through. To refuse it would tell that
    something stands between the two, whatever the words; to let it through harms nobody, for whoever reads goes one
    step up or down only, and those who see the whole circle can open it again at any of its organisations.
    """
    over = umbrella.status == Organisation.Status.ENDED
    return not (over or umbrella.pk == member.pk or _stands_under(umbrella, member, user=user))


def hold_umbrella(member: Organisation, *, user: User) -> None:
    """Let nobody else put organisations under each other in this transaction, and look once more at what this saves:
    two who are each put under the other at the same moment would else make a circle neither saw.

    On SQLite the transaction holds the whole database already. Raises NotAbove.
    """
    if not (member.umbrella and member.has_changed("umbrella_id")):
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    umbrella = Organisation.objects.visible_to(user).filter(pk=member.umbrella_id).first()
    if umbrella is None or not can_be_above(umbrella, member, user=user):
        raise NotAbove


def _stands_under(one: Organisation, other: Organisation, *, user: User) -> bool:
    seen, passed = Organisation.objects.visible_to(user), {one.pk}
    above = one.umbrella_id
    while above and above != other.pk and above not in passed:
        passed.add(above)
        above = seen.filter(pk=above).values_list("umbrella", flat=True).first()
    return above == other.pk


@dataclass(frozen=True)
class Family:
    umbrella: Organisation | None
    members: list[Organisation]
    more: bool  # whether there are members beyond those shown
