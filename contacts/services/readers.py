"""Who looked at a person or an organisation, told from the trail in words: a line for each of them and each day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.models import Organisation, Person
from outreach.accounts.models import Role, User
from outreach.audit.models import Entry, Seen

Verb = Entry.Verb
WORDS: dict[str, Promise] = {
    Verb.VIEW: _("read the page"),
    Verb.LIST: _("saw the name on another page"),
    Verb.SEARCH: _("found the name in a search or a list"),
    Verb.EXPORT: _("took the details out in a file"),
    Verb.CREATE: _("wrote it down for the first time"),
    Verb.CHANGE: _("changed something"),
    Verb.DELETE: _("deleted something"),
    Verb.REFUSE: _("was refused"),
}


def answers_for(user: User, contact: Person | Organisation) -> bool:
    """Whether ``user``, who may see ``contact``, may also see who looked at it; asks the database for leads only."""
    if contact.owner_id == user.pk or user.role != Role.TEAM_LEAD:
        return contact.owner_id == user.pk
    return type(contact).objects.visible_to(user).answered_for_by(user).filter(pk=contact.pk).exists()


@dataclass(frozen=True)
class Deed:
    """What a colleague did on a day, and how often."""

    what: str | Promise
    times: int


@dataclass(frozen=True)
class Look:
    """All one colleague did on one day; ``who`` is None for what the system did by itself."""

    first: datetime
    last: datetime
    who: User | None
    deeds: list[Deed]  # what was done last comes first
    reasons: list[str]

    @property
    def several(self) -> bool:
        """Whether first and last are two times of day as a clock shows them."""
        return f"{self.first:%H%M}" != f"{self.last:%H%M}"


def looks(contact: Person | Organisation, start: int, most: int) -> list[Look]:
    """Who looked on which day, the newest first, from a place on; each single reading stays in the trail.

    Three queries, however often somebody looked.
    """
    seen = Seen.objects.of(contact)
    found = list(seen.by_day_and()[start : start + most])
    if not found:
        return []
    since, until = min(one["first"] for one in found), max(one["last"] for one in found)
    told: dict[tuple, list[dict[str, Any]]] = {}
    for one in seen.filter(at__range=(since, until)).by_day_and(verb=F("entry__verb"), reason=F("entry__reason")):
        told.setdefault((one["day"], one["actor"]), []).append(one)
    colleagues = User.objects.in_bulk({one["actor"] for one in found if one["actor"]})
    return [_look(one, colleagues.get(one["actor"]), told[one["day"], one["actor"]]) for one in found]


def _look(found: dict[str, Any], who: User | None, told: list[dict[str, Any]]) -> Look:
    times: dict[str, int] = {}
    for one in told:
        times[one["verb"]] = times.get(one["verb"], 0) + one["times"]
    deeds = [Deed(WORDS.get(verb, Verb(verb).label), number) for verb, number in times.items()]
    reasons = [one["reason"] for one in told if one["reason"]]
    return Look(found["first"], found["last"], who, deeds, list(dict.fromkeys(reasons)))
