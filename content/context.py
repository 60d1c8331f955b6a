"""What every public page shows besides itself: whom to call, and where the same page is in other languages."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject, cached_property, lazy

from content.keeping import PerVersion, keeps
from content.models import ChannelState, ContactChannel, StandardPage
from content.models.channels import Days
from content.tree import Tree
from outreach.design.context import demonstration_loaded
from outreach.design.menu import Entry, public_entries
from outreach.design.models import Demonstration
from outreach.languages import Translation
from outreach.links import public_href, public_path, public_url

lazy_path = lazy(public_path, str)
LONGEST_QUERY = 300  # what is longer was not written by one of our forms

CHANNELS = PerVersion(ContactChannel.objects.with_hours)
DEMONSTRATION = PerVersion(Demonstration.objects.loaded)
MENUS: PerVersion[dict[tuple[str, str | None], list[Entry]]] = PerVersion(dict)


@dataclass
class HelpChannel:
    """A contact channel at one moment; its state is worked out where a page shows it."""

    channel: ContactChannel
    at: datetime

    @property
    def number(self) -> str:
        return self.channel.number

    @cached_property
    def state(self) -> ChannelState | None:
        """None where nobody told us the hours."""
        return self.channel.state(self.at)

    @cached_property
    def closed_soon(self) -> list[Days]:
        return self.channel.closed_soon(self.at)


def channels_at(request: HttpRequest, now: datetime) -> dict[str, HelpChannel]:
    """Every channel by its key, read once for a request: its page and its headers tell of the same moment."""
    if not hasattr(request, "help_channels"):
        request.help_channels = {channel.key: HelpChannel(channel, now) for channel in CHANNELS.of(request)}
    return request.help_channels


def menus(request: HttpRequest) -> dict:
    """The navigation and the footer's links, made once for each language; and whether this is a demonstration."""

    def entries(place: str) -> list[Entry]:
        kept, key = MENUS.of(request), (place, translation.get_language())
        if key not in kept:
            kept[key] = public_entries(place, request) + (_plain_pages(request) if place == "about" else [])
        return kept[key]

    return {
        "demonstration": SimpleLazyObject(lambda: DEMONSTRATION.of(request) if keeps() else demonstration_loaded()),
        "nav": SimpleLazyObject(lambda: entries("nav")),
        "shortcuts": SimpleLazyObject(lambda: entries("shortcuts")),
        "about_links": SimpleLazyObject(lambda: entries("about")),
    }


def _plain_pages(request: HttpRequest) -> list[Entry]:
    pages = Tree.of(request).of_model(StandardPage, translation.get_language())
    return [Entry("", page.title, page.url) for page in pages]


def help_channels(request: HttpRequest) -> dict:
    """``help_channels.hotline.state`` in every template; no query unless the page shows it."""
    return {"help_channels": SimpleLazyObject(lambda: channels_at(request, timezone.now()))}


def search(request: HttpRequest) -> dict:
    """Where the form of the header leads; "" on a face that may not send forms to another.

    Not ``search_url``: Wagtail's screens look for a name of a view under that word.
    """
    is_here = settings.FACE in ("public", "both")
    return {"site_search_url": lazy_path("content:search") if is_here else ""}


def _same_view(request: HttpRequest, link, language: str) -> str:
    """The address of what is shown now, in ``language``; "" where a plain public view does not show it."""
    match = request.resolver_match
    if match is None or match.view_name == "wagtail_serve":
        return ""
    try:
        return link(match.view_name, *match.args, language=language, **match.captured_kwargs)
    except NoReverseMatch:
        return ""


def _translations(request: HttpRequest) -> list[Translation]:
    """The same view in every other language, or the front page where there is none."""
    if request.resolver_match is None:
        return []
    query = request.GET.urlencode()
    query = f"?{query}" if 0 < len(query) <= LONGEST_QUERY else ""
    found = []
    for language in Tree.of(request).languages:
        if language != translation.get_language():
            same = _same_view(request, public_href, language)
            url = same + query if same else public_href("wagtail_serve", "", language=language)
            found.append(Translation(language, url, bool(same)))
    return found


def translations_to(request: HttpRequest, name: str, *args: str) -> list[Translation]:
    """Another view in every other language, for a page that shows nothing of its own."""
    others = [language for language in Tree.of(request).languages if language != translation.get_language()]
    return [Translation(other, public_href(name, *args, language=other), is_same=True) for other in others]


def _alternates(request: HttpRequest) -> list[tuple[str, str]]:
    found = [(code, _same_view(request, public_url, code)) for code in Tree.of(request).languages]
    return [(code, url) for code, url in found if url]


def addresses(request: HttpRequest) -> dict:
    """Canonical address and translations of a plain view; a page of the tree sets its own."""
    return {
        "translations": SimpleLazyObject(lambda: _translations(request)),
        "alternates": SimpleLazyObject(lambda: _alternates(request)),
        "canonical_url": SimpleLazyObject(lambda: _same_view(request, public_url, translation.get_language())),
    }
