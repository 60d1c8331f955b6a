"""Which notices a public page shows now. Read once in a process for each content version, and again in their time."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from content.keeping import PerVersion
from content.models.notices import Notice, Showing, Shown

MOST_SHOWN = 2
URGENCY = [Notice.Level.DANGER, Notice.Level.IMPORTANT, Notice.Level.INFORMATION]
FRONT_PAGES = frozenset({"", *(code for code, _name in settings.LANGUAGES)})


def _read() -> list[Showing]:
    return list(Showing.objects.not_over(timezone.now()).with_words())


SHOWINGS = PerVersion(_read)


def notices_at(request: HttpRequest, now: datetime) -> list[Shown]:
    """The most urgent first, and of equal ones the latest; two at most."""
    words = [
        notice for notice in _words(request, now) if notice.where == Notice.Where.EVERYWHERE or _is_front(request)
    ]
    words.sort(key=lambda notice: notice.shows_from, reverse=True)
    words.sort(key=lambda notice: URGENCY.index(notice.level))
    return [notice.shown(request) for notice in words[:MOST_SHOWN]]


def _words(request: HttpRequest, now: datetime) -> list[Notice]:
    """What shows now; read again where its words were not yet to be had when the times were read."""
    on = [showing for showing in SHOWINGS.of(request) if showing.is_on(now)]
    if any(_notice(showing) is None for showing in on):
        SHOWINGS.forget()
        on = [showing for showing in SHOWINGS.of(request) if showing.is_on(now)]
    return [notice for showing in on if (notice := _notice(showing))]


def _notice(showing: Showing) -> Notice | None:
    return getattr(showing, "notice", None)


def _is_front(request: HttpRequest) -> bool:
    return request.path_info.strip("/") in FRONT_PAGES


def notices(request: HttpRequest) -> dict:
    """For ``public.html``."""
    return {"notices": SimpleLazyObject(lambda: notices_at(request, timezone.now()))}


def next_change(now: datetime) -> datetime | None:
    """When the next notice comes or goes."""
    moments = [moment for row in Showing.objects.not_over(now) for moment in (row.begins, row.shows_until)]
    return min((moment for moment in moments if moment > now), default=None)
