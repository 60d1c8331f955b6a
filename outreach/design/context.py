"""What the frame around every page needs."""

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import SimpleLazyObject, lazy

from outreach.design.menu import public_entries, workspace_entries
from outreach.design.models import Demonstration


def home_url() -> str:
    """The front page in the active language; with its host where this process does not serve it."""
    language = translation.get_language()
    path = "/" if language in (None, settings.LANGUAGE_CODE) else f"/{language}/"
    return path if settings.FACE in ("public", "both") else settings.PUBLIC_BASE_URL + path


def demonstration_loaded() -> bool:
    """Whether the demonstration line is shown; up to a minute old where the settings keep a memory per process."""
    if "memory" not in caches.settings:
        return Demonstration.objects.loaded()
    return caches["memory"].get_or_set("demonstration", Demonstration.objects.loaded)


lazy_home_url = lazy(home_url, str)  # makes a class: once, not for each page


def surroundings(request: HttpRequest) -> dict:
    """Menus, the demonstration line and the way out; each is worked out only if the page shows it."""
    return {
        "demonstration": SimpleLazyObject(demonstration_loaded),
        "frame": "workspace.html" if request.path.startswith("/workspace/") else "public.html",
        "home_url": lazy_home_url(),
        "leave_url": settings.LEAVE_URL,
        "nav": SimpleLazyObject(lambda: public_entries("nav", request)),
        "shortcuts": SimpleLazyObject(lambda: public_entries("shortcuts", request)),
        "about_links": SimpleLazyObject(lambda: public_entries("about", request)),
        "tabs": SimpleLazyObject(lambda: workspace_entries("tabs", request)),
        "tabbar": SimpleLazyObject(lambda: workspace_entries("tabbar", request)),
        "sheet": SimpleLazyObject(lambda: workspace_entries("sheet", request)),
        "search_pages": SimpleLazyObject(lambda: workspace_entries("search", request)),
    }
