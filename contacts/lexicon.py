"""The words of the workspace, all in one query a minute: kinds, places, colleagues, topics, languages.

The same for every reader, and seldom new; each process would else read them in a dozen queries. Only ``vocabulary``
asks here.
"""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from contacts.models import Initiative, Language, OrganisationKind, Topic
from outreach.accounts.models import Team, User
from outreach.places.folding import danish_order
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership
from outreach.prepared import prepared

SECONDS = 60
PLACE = ("id", "name", "valid_from", "valid_to")
WORD = ("id", "name_da", "name_en")
# What is read of each; the rest is looked up where somebody asks for it.
READ: dict[type[Model], tuple[str, ...]] = {
    OrganisationKind: (*WORD, "slug", "parent_id", "order", "retired"),
    Language: ("code", "name_da", "name_en"),
    Topic: (*WORD, "on_offer"),
    Initiative: (*WORD, "number", "priority", "on_offer"),
    PoliceDistrict: PLACE,
    Region: PLACE,
    Municipality: PLACE,
    RegionMembership: ("id", "municipality_id", "region_id", "valid_from", "valid_to"),
    Team: ("id", "name"),
    User: ("id", "name", "is_active", "role"),
}


@prepared
def _everything() -> QuerySet:
    first, *others = (
        model._base_manager.order_by().values_list(
            Value(model._meta.label), JSONObject(**{name: name for name in names})
        )
        for model, names in READ.items()
    )
    return first.union(*others, all=True)


class Lexicon:
    """Everything as it stood at one moment, and what has been made of it since, by name and language."""

    def __init__(self) -> None:
        self.read_at = time.monotonic()
        self._rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for label, values in _everything():
            self._rows[label].append(values)
        self.made: dict[tuple[str, str | None], Any] = {}

    @property
    def is_old(self) -> bool:
        return time.monotonic() - self.read_at > SECONDS

    def every(self, model: type[Model]) -> list[Any]:
        """The rows of a model in its usual order, names as a Danish list has them."""
        fields = [field for field in model._meta.concrete_fields if field.attname in READ[model]]
        names = [field.attname for field in fields]
        rows = [
            model.from_db(DEFAULT_DB_ALIAS, names, [field.to_python(values[field.attname]) for field in fields])
            for values in self._rows[model._meta.label]
        ]
        order = model._meta.ordering or ["pk"]

        def place(row: Model) -> list[Any]:
            values = (getattr(row, name) for name in order)
            return [danish_order(value) if isinstance(value, str) else value for value in values]

        return sorted(rows, key=place)


_now: list[Lexicon] = []


def forget() -> None:
    """Read everything anew when it is next asked for."""
    _now.clear()


def once_made(name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` made for this language of the words as they stand, or makes now."""
    made, key = lexicon().made, (name, get_language())
    if key not in made:
        made[key] = make()
    return made[key]


def lexicon() -> Lexicon:
    """The words as they stood less than a minute ago."""
    words = _now[:1]  # another thread may forget them at any moment
    if not words or words[0].is_old:
        _now[:] = words = [Lexicon()]
    return words[0]
