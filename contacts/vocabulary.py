"""The words lists are narrowed by: kinds, places, colleagues, topics. The same for every reader, and seldom new.

Each process reads them once a minute for each language: six queries and a hundred rows a page otherwise. Whoever is
chosen from them is still met only where ``visible_to`` lets the reader.
"""

import time
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from uuid import UUID

from django.forms import BoundField
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contacts.models import Contact, FollowUp, Initiative, Language, Topic
from contacts.models.visibility import READERS
from contacts.services.kinds import tree
from outreach.accounts.models import Team, User
from outreach.places.folding import danish_order
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership

SECONDS = 60
Choices = list[tuple[str, Any]]

_read: dict[tuple[str, str | None], tuple[float, Any]] = {}


def forget() -> None:
    """Read everything anew when it is next asked for."""
    _read.clear()


def _kept(name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` made for this language less than a minute ago, or makes now."""
    key, now = (name, get_language()), time.monotonic()
    made_at, made = _read.get(key, (0.0, None))
    if key not in _read or now - made_at > SECONDS:
        made = make()
        _read[key] = now, made
    return made


def _once_a_minute(find: Callable[[], Choices]) -> Callable[[], Choices]:
    @wraps(find)
    def kept() -> Choices:
        return _kept(find.__name__, find)

    return kept


def drawn(field: BoundField) -> SafeString:
    """A field of a list's filter in which nothing is chosen: hundreds of options, the same on every page."""
    return _kept(f"{type(field.form).__qualname__}.{field.name}", field.as_widget)


@_once_a_minute
def kinds() -> Choices:
    """Every kind and branch, those that stand under another set in."""
    walked = (one for branch in tree(in_use=False) for one in branch.walk())
    return [(one.kind.slug, "\N{EM SPACE}" * one.level + str(one.kind)) for one in walked]


@_once_a_minute
def places() -> Choices:
    """Regions of today, police districts and municipalities; a value says which: "district-3"."""
    today = timezone.localdate()
    return [
        (label, [(f"{word}-{place.pk}", place.name) for place in model.objects.on(today)])
        for word, label, model in (
            ("district", _("Police districts"), PoliceDistrict),
            ("region", _("Regions"), Region),
            ("municipality", _("Municipalities"), Municipality),
        )
    ]


@_once_a_minute
def owners() -> Choices:
    """Teams, as "team-2", and those who work with contacts, by their key."""
    colleagues = User.objects.filter(is_active=True, role__in=READERS).order_by("name")
    return [
        (_("Teams"), [(f"team-{team.pk}", team.name) for team in Team.objects.all()]),
        (_("Colleagues"), [(str(colleague.pk), colleague.name) for colleague in colleagues]),
    ]


def at_work() -> list[User]:
    """Colleagues who work with contacts, by name."""
    found = User.objects.filter(is_active=True, role__in=READERS).only("name").order_by("name")
    return _kept("at work", lambda: list(found))


def memberships() -> list[RegionMembership]:
    """Which region each municipality belongs to, and when."""
    return _kept("memberships", lambda: list(RegionMembership.objects.select_related("region")))


def colleagues(keys: Iterable[UUID]) -> dict[UUID, User]:
    """Everybody there is, and certainly those with these keys."""
    known = _kept("everybody", _everybody)
    if all(key in known for key in keys):
        return known
    _read.pop(("everybody", get_language()))
    return _kept("everybody", _everybody)


def _everybody() -> dict[UUID, User]:
    return {user.pk: user for user in User.objects.only("name")}


def put_owners(contacts: Iterable[Contact | FollowUp]) -> None:
    """Give each of these its ``owner``. Not by a join: SQLite would then read everybody by their owners."""
    rows = list(contacts)
    named = colleagues(row.owner_id for row in rows)
    for row in rows:
        row.owner = named[row.owner_id]


@_once_a_minute
def topics() -> Choices:
    return _by_name((str(topic.pk), str(topic)) for topic in Topic.objects.all())


@_once_a_minute
def initiatives() -> Choices:
    return [(str(initiative.pk), str(initiative)) for initiative in Initiative.objects.all()]


def topics_on_offer() -> list[Topic]:
    return _kept("topics on offer", lambda: list(Topic.objects.on_offer().order_by("name_da")))


def initiatives_on_offer() -> list[Initiative]:
    return _kept("initiatives on offer", lambda: list(Initiative.objects.on_offer()))


@_once_a_minute
def languages() -> Choices:
    """All there are: which of them somebody speaks with us would tell of those a reader may not see."""
    return _by_name((language.code, str(language)) for language in Language.objects.all())


def _by_name(choices: Iterable[tuple[str, str]]) -> Choices:
    return sorted(choices, key=lambda choice: danish_order(choice[1]))
