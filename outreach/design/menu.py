"""The menus of both faces. The apps above fill them in ``ready()``; here nobody knows which pages there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db.models import IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Text = str | Promise


TABS = frozenset({"tabs"})
MOST = 99  # no tab counts further: whoever has more waiting need not know how many


@dataclass(frozen=True)
class MenuItem:
    """A page of the workspace that the frame leads to. ``waiting`` gives the queries whose rows wait there;
    ``roles`` None means everybody.

    ``places``: "tabs" along the top, "tabbar" under the thumb, "search" for where the search box of the bar leads,
    "sheet" for what is seldom used: in the menu behind one's own name.
    """

    order: int
    label: Text
    url_name: str
    icon: str
    waiting: Callable[[HttpRequest], list[QuerySet]] | None = None
    roles: frozenset[str] | None = None
    places: frozenset[str] = TABS


@dataclass(frozen=True)
class PublicNavItem:
    """A word of the public navigation, or with ``place`` a link of the footer ("shortcuts", "about").

    ``url`` answers for the request and the active language; with NoReverseMatch or "" the word is left out.
    ``key`` is what a view sets as ``nav_current`` to mark the word.
    """

    order: int
    label: Text
    url: Callable[[HttpRequest], str]
    key: str = ""
    place: str = "nav"


class Entry(NamedTuple):
    """What a template shows of an item."""

    key: str
    label: Text
    url: str
    icon: str = ""
    count: int | None = None

    @property
    def waiting(self) -> str:
        """The count as a tab shows it: "4", "99+"."""
        return f"{MOST}+" if (self.count or 0) > MOST else str(self.count)


_workspace: list[MenuItem] = []
_public: list[PublicNavItem] = []


def register(item: MenuItem) -> None:
    """Add a page to the frame of the workspace."""
    _workspace.append(item)


def register_public(item: PublicNavItem) -> None:
    """Add a word to the navigation or the footer of the public site."""
    _public.append(item)


def _reached(url: Callable[[], str]) -> str:
    """The address, or "" where this face has no such page."""
    try:
        return url()
    except NoReverseMatch:
        return ""


def workspace_entries(place: str, request: HttpRequest) -> list[Entry]:
    """What this user may open at one place, in order; tabs with what waits behind them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    here = [item for item in _workspace if place in item.places]
    open_to = [item for item in here if item.roles is None or user.role in item.roles]
    counts = _counted(open_to, request) if place == "tabs" else {}
    return [
        Entry(item.url_name, item.label, url, item.icon, counts.get(item.url_name))
        for item in sorted(open_to, key=lambda item: item.order)
        if (url := _reached(partial(reverse, item.url_name)))
    ]


class _Counted(Subquery):
    """How many rows a query has, as a value."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def _counted(items: Iterable[MenuItem], request: HttpRequest) -> dict[str, int]:
    """What waits behind each tab, by its key: all of them in one query, and none further than a tab can say."""
    queries = [(item.url_name, query) for item in items if item.waiting for query in item.waiting(request)]
    if not queries:
        return {}
    counted = [_Counted(query.order_by().values("pk")[: MOST + 1]) for _name, query in queries]
    one_row = get_user_model().objects.filter(pk=request.user.pk)
    found: dict[str, int] = defaultdict(int)
    for (name, _query), count in zip(queries, one_row.values_list(*counted).get(), strict=True):
        found[name] += count
    return found


def public_entries(place: str, request: HttpRequest) -> list[Entry]:
    """The links of the public site at one place, in order, for the active language."""
    items = sorted((item for item in _public if item.place == place), key=lambda item: item.order)
    return [Entry(item.key, item.label, url) for item in items if (url := _reached(partial(item.url, request)))]
