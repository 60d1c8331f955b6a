"""The list of words that suggest a case, as the forms ask for it: the same for everybody, and seldom new."""

from django.core.cache import BaseCache, caches

from outreach.privacy.models import CaseWord

KEY = "privacy.case_words"
SECONDS = 60


def stems() -> list[str]:
    """The beginnings of words, folded, as they stood less than a minute ago."""
    return _memory().get_or_set(KEY, lambda: list(CaseWord.objects.values_list("folded", flat=True)), SECONDS)


def forget() -> None:
    """Read the list anew when it is next asked for."""
    _memory().delete(KEY)


def _memory() -> BaseCache:
    return caches["memory" if "memory" in caches.settings else "default"]
