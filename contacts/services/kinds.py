"""The tree of kinds of organisations: read in one query, kept without circles or orphans."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from contacts.models import OrganisationKind


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


def tree(*, in_use: bool, also: OrganisationKind | None = None) -> list[Branch]:
    """The branches at the top; without the retired ones, ``also`` apart, if asked for those ``in_use``."""
    kinds = [one for one in OrganisationKind.objects.all() if not (in_use and one.retired and one != also)]
    shown = {one.pk for one in kinds}

    def under(parent: int | None, level: int) -> list[Branch]:
        found = [one for one in kinds if (one.parent_id if one.parent_id in shown else None) == parent]
        return [Branch(one, level, under(one.pk, level + 1)) for one in found]

    return under(None, 0)
