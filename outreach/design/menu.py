"""The menus of both faces. The apps above fill them in ``ready()``; here nobody knows which pages there are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class MenuItem:
    """A tab of the workspace. ``count`` says how much waits there; ``roles`` None means everybody."""

    order: int
    label: Text
    url_name: str
    icon: str
    count: Callable[[HttpRequest], int | None] | None = None
    roles: frozenset[str] | None = None


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


_workspace: list[MenuItem] = []
_public: list[PublicNavItem] = []


def register(item: MenuItem) -> None:
    """Add a tab to the workspace."""
    _workspace.append(item)


def register_public(item: PublicNavItem) -> None:
    """Add a word to the navigation or the footer of the public site."""
    _public.append(item)


def _reached(url: Callable[[HttpRequest], str], request: HttpRequest) -> str:
    try:
        return url(request)
    except NoReverseMatch:
        return ""


def workspace_entries(request: HttpRequest) -> list[Entry]:
    """The tabs this user may open, in order, with what waits behind them."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = []
    for item in sorted(_workspace, key=lambda item: item.order):
        if item.roles is not None and user.role not in item.roles:
            continue
        if url := _reached(lambda request, item=item: reverse(item.url_name), request):
            count = item.count(request) if item.count else None
            entries.append(Entry(item.url_name, item.label, url, item.icon, count))
    return entries


def public_entries(place: str, request: HttpRequest) -> list[Entry]:
    """The links of the public site at one place, in order, for the active language."""
    items = sorted((item for item in _public if item.place == place), key=lambda item: item.order)
    return [Entry(item.key, item.label, url) for item in items if (url := _reached(item.url, request))]
