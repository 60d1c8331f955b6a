"""An event as visitors meet it: what was written about it is kept in this process, its seats are as they are now."""

from copy import copy

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from content.keeping import PerVersion
from events.models import Event
from events.services.counts import Seats

MOST = 500  # kept at once; each is a few kilobytes
EVENTS: PerVersion[dict[str, Event]] = PerVersion(dict)


def shown_event(request: HttpRequest, slug: str, seats: Seats | None) -> Event:
    """The event behind this public address, with these seats; drafts and closed events are not there. Raises Http404.

    Where there is none the same queries are asked as where there is one that is not public.
    """
    kept = EVENTS.of(request)
    event = kept.get(slug) or _read(slug)
    if len(kept) < MOST:
        kept[slug] = event
    shown = copy(event)
    if seats:
        shown.seats, shown.held_now = seats.counter, [pool for pool in seats.pools if not pool.released]
    return shown


def _read(slug: str) -> Event:
    event = get_object_or_404(Event.objects.with_public_page().select_related("municipality"), slug=slug)
    event.asked  # noqa: B018 - read here, once for all who ask
    return event
