"""Links to either face, reversed against that face's URLconf and never taken from the Host header.

A mail is rendered in the worker and a preview in the internal process: neither has the public URLs in its own
URLconf, so the face is named here and its base URL comes from the settings.
"""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import translation

ANY = UUID(int=0)


def path_of(name: str, key: UUID) -> str:
    """``reverse`` for the page of one row, for pages that lead to a hundred: each name is reversed but once."""
    before, after = _around_key(name, get_urlconf(), get_script_prefix(), translation.get_language())
    return f"{before}{key}{after}"


@lru_cache(maxsize=200)
def _around_key(name: str, *_of_this_process: str | None) -> tuple[str, str]:
    before, _key, after = reverse(name, args=[ANY]).partition(str(ANY))
    return before, after


def public_path(name: str, *args, language: str | None = None, **kwargs) -> str:
    """The path of a public page in ``language`` ("da" or "en"; the active one if None)."""
    with translation.override(language or translation.get_language()):
        return reverse(name, urlconf="outreach.urls.public", args=args, kwargs=kwargs)


def public_url(name: str, *args, language: str | None = None, **kwargs) -> str:
    """The absolute address of a public page, for mails, calendars and previews."""
    return settings.PUBLIC_BASE_URL + public_path(name, *args, language=language, **kwargs)


def public_href(name: str, *args, language: str | None = None, **kwargs) -> str:
    """What a template links to: a path where this process serves the public face, else the absolute address."""
    make = public_path if settings.FACE in ("public", "both") else public_url
    return make(name, *args, language=language, **kwargs)


def internal_url(name: str, *args, **kwargs) -> str:
    """The absolute address of a page in the workspace or the Wagtail admin."""
    return settings.INTERNAL_BASE_URL + reverse(name, urlconf="outreach.urls.internal", args=args, kwargs=kwargs)
