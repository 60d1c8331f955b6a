"""Where the apps above put something on the pages of this one. They fill these lists in ``apps.ready``."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Model
from django.http import HttpRequest
from django.utils.functional import Promise

if TYPE_CHECKING:
    from content.models import SearchEntry

# Each answers for a request and a language with a template and its context, or None to show nothing.
FrontPanel = Callable[[HttpRequest, str], tuple[str, dict] | None]
front_panels: list[FrontPanel] = []
# The same, in the narrower column below the lookup of local help.
front_asides: list[FrontPanel] = []


class SearchSource(NamedTuple):
    """Something the public search finds. Register it with ``content.services.search_index.register``.

    ``entries(keys, now)`` makes an entry (``search_index.entry``) in each language for every row that is public at
    ``now``, and for no other: of the rows with these primary keys (as text), or of all when ``keys`` is None.
    A row of ``models`` that is saved or deleted is asked about again, in the same transaction.
    """

    name: str
    models: tuple[type[Model], ...]
    entries: Callable[[Collection[str] | None, datetime], Iterable["SearchEntry"]]


search_sources: list[SearchSource] = []


@dataclass(frozen=True)
class NextStep:
    """What readers of one audience can do with us, under the pages written for them."""

    audience: str
    heading: Promise
    text: Promise
    label: Promise
    url: Callable[[], str]  # in the active language


next_steps: list[NextStep] = []
