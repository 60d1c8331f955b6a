"""Whether mail reaches an address, and which mails its owner wants none of: what a colleague sees beside it.

The database tells a colleague of no address but those of registrations and contacts they meet anyway (wall/inside.py).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.utils import timezone

from .kinds import groups
from .models import Mailbox, Suppression, normal
from .reasons import why_back


class Reach(NamedTuple):
    back_since: datetime | None = None  # NULL: mail to it arrives, as far as we know
    why: str = ""  # in a sentence, where mail comes back
    unwanted: tuple[str, ...] = ()  # groups of mails, in words

    @property
    def comes_back(self) -> bool:
        return self.back_since is not None

    @property
    def back_on(self) -> date | None:
        return timezone.localdate(self.back_since) if self.back_since else None


def declining(addresses: Iterable[str], group: str) -> set[str]:
    """Those of ``addresses``, in their normal form, that said no to this group of mails."""
    asked = Mailbox.objects.filter(address__in={normal(address) for address in addresses}).declining(group)
    return set(asked.values_list("address", flat=True))


def reach_of(addresses: Iterable[str]) -> dict[str, Reach]:
    """What is known of each address, as it was given; two queries, however many, and none for none."""
    keys = {address: normal(address) for address in addresses if address}
    if not keys:
        return {}
    asked = set(keys.values())
    back = {mark.address: mark for mark in Suppression.objects.bounced().filter(address__in=asked)}
    chosen = Mailbox.objects.filter(address__in=asked).exclude(chosen_at=None).values_list("address", "unwanted")
    no_to = {address: tuple(str(one.label) for one in groups() if one.name in names) for address, names in chosen}
    return {
        address: Reach(
            back[key].since if key in back else None,
            why_back(back[key].status) if key in back else "",
            no_to.get(key, ()),
        )
        for address, key in keys.items()
    }
