"""How long others may keep a public page: a minute at most, and never past a change that stands on it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from content.context import channels_at

LONGEST = timedelta(seconds=60)

# When does something the public reads change next by the clock alone? Strictly after the moment asked about, or None.
Change = Callable[[datetime], datetime | None]
_changes: list[Change] = []


def register_change(change: Change) -> None:
    """Have no page kept past what ``change(now)`` answers. Called in ``apps.ready``; asked once per page."""
    _changes.append(change)


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a proxy keep the page until the hotline opens or closes or the day ends, for a minute at most.

    A view that wants less sets a shorter ``max-age`` itself; a private or uncached answer stays so.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        now = timezone.now()
        channels_at(request, now)
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and "no-store" not in response.get("Cache-Control", ""):
            patch_cache_control(response, public=True, max_age=seconds_it_holds(request, now))
        return response

    return wrapper


def seconds_it_holds(request: HttpRequest, now: datetime) -> int:
    """Whole seconds until the first thing on the page changes; 0 when that is now."""
    tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    states = [channel.state for channel in channels_at(request, now).values() if channel.state]
    changes = [state.changes_at for state in states if state.changes_at]
    changes += [moment for change in _changes if (moment := change(now))]
    return int(min(LONGEST, *(change - now for change in [*changes, tomorrow])).total_seconds())
