"""The tree of kinds of organisations: read in one query, kept without circles or orphans."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from django.db import transaction

from contacts.models import OrganisationKind
from contacts.services.meanwhile import count_up
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.places.folding import slug_of


@dataclass
class Branch:
    kind: OrganisationKind
    level: int
    under: "list[Branch]" = field(default_factory=list)

    def walk(self) -> "Iterator[Branch]":
        """Itself, then what stands under it."""
        yield self
        for branch in self.under:
            yield from branch.walk()

    def leaves(self) -> "Iterator[Branch]":
        """Those an organisation can be of: nothing stands under them."""
        return (one for one in self.walk() if not one.under)


def tree(
    *, in_use: bool, also: OrganisationKind | None = None, among: Iterable[OrganisationKind] | None = None
) -> list[Branch]:
    """The branches at the top; without the retired ones, ``also`` apart, if asked for those ``in_use``.

    ``among`` are all there are, where they have been read.
    """
    everything = OrganisationKind.objects.all() if among is None else among
    kinds = [one for one in everything if not (in_use and one.retired and one != also)]
    shown = {one.pk for one in kinds}

    def under(parent: int | None, level: int) -> list[Branch]:
        found = [one for one in kinds if (one.parent_id if one.parent_id in shown else None) == parent]
        return [Branch(one, level, under(one.pk, level + 1)) for one in found]

    return under(None, 0)


def hold_still() -> None:
    """Let nobody else change the tree before this transaction ends: two moves at once could close a circle."""
    list(OrganisationKind.objects.select_for_update().order_by("pk"))


@transaction.atomic
def keep_kind(kind: OrganisationKind, *, actor: User) -> OrganisationKind:
    """Save a new or changed kind; its key is made once, and stays whatever it is called later.

    Raises ChangedMeanwhile.
    """
    verb = "create" if kind._state.adding else "change"
    if verb == "change":
        count_up(kind)
    kind.slug = kind.slug or _free_key(slug_of(kind.name_en)[:30] or "kind")
    kind.save()
    record(verb, kind, actor=actor)
    return kind


def _free_key(wanted: str) -> str:
    taken = set(OrganisationKind.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)
