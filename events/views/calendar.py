"""Calendar files: one event to keep, and feeds of public ones to follow."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from content.keeping import PerVersion
from content.version import version_of
from events.models import Event
from events.services import calendar, ics
from events.services.narrowing import Narrowing

MOST = 500  # ways to narrow a feed that are kept at once
STATES: PerVersion[dict[tuple[Narrowing, str], tuple[str, datetime]]] = PerVersion(dict)


@require_safe
@cache_control(public=True, max_age=0, must_revalidate=True)
def event_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a calendar file."""
    event = get_object_or_404(Event.objects.with_public_page(), slug=slug)
    text = calendar.file(event)
    response = HttpResponse(text, content_type=calendar.MIMETYPE, headers={"ETag": ics.state(text)})
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return get_conditional_response(request, etag=response["ETag"], response=response)


@require_safe
@cache_control(public=True, max_age=60)
def feed(request: HttpRequest) -> HttpResponse:
    """Announced events of the last year and to come, for calendars that subscribe, narrowed as the list is.

    A word that is not known is no calendar: one that asked for a place must not fill with all there is.
    """
    narrowing = Narrowing.of(request.GET)
    if not narrowing.says_all_of(request.GET):
        raise Http404
    now, language = timezone.now(), request.LANGUAGE_CODE
    etag = _state(request, narrowing, now=now, language=language)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(
        calendar.feed(narrowing, now=now, language=language), content_type=calendar.MIMETYPE
    )
    response["ETag"] = etag
    return response


def _state(request: HttpRequest, narrowing: Narrowing, *, now: datetime, language: str) -> str:
    """The ETag of a feed, counted once in a process for each version and until the clock changes it."""
    kept, key = STATES.of(request), (narrowing, language)
    state, until = kept.get(key, ("", now))
    if until <= now:
        state, until = calendar.feed_state(narrowing, now=now, language=language, version=version_of(request))
        if len(kept) < MOST:
            kept[key] = state, until
    return state
