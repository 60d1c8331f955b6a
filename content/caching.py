"""How long a public page holds: in this process until it changes, anywhere else a minute at most.

A page changes with the content version, or by the clock alone: when the hotline opens, an event is over, a day ends.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import NamedTuple
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.cache import get_conditional_response, get_max_age, patch_cache_control

from content.context import channels_at
from content.keeping import Page, keeps, pages
from content.version import content_changed as content_changed
from content.version import version_of

LONGEST = timedelta(seconds=60)
GZIP = re.compile(r"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)", re.IGNORECASE)

# When does something the public reads change next by the clock alone? Strictly after the moment asked about, or None.
Change = Callable[[datetime], datetime | None]
_changes: list[Change] = []
TOKEN_PLACE = f"token-{uuid4().hex}"  # nobody outside this process can know it
KEPT_WITH_STATE = "with state"  # behind an address: not for those who ask by the version alone


def register_change(change: Change) -> None:
    """Have the public face keep no page past what ``change(now)`` answers. Called in ``apps.ready``.

    The answer may hang on the clock and on what the public role can read, on nothing else: a process asks once for
    each content version, and again when the moment has come.
    """
    _changes.append(change)


def public_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the page in this process until it changes, and let a proxy keep it for a minute at most.

    A view that wants less sets a shorter ``max-age`` itself; a private or uncached answer stays so.
    """

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not _is_plain(request):
            return _dated(request, timezone.now(), partial(view, request, *args, **kwargs))
        version = version_of(request)
        with pages.making(_address(request), version):
            # Another thread may have made it, a moment ago or while this one waited.
            if kept := kept_page(request):
                return kept
            now = timezone.now()
            response = _dated(request, now, partial(view, request, *args, **kwargs))
            page = _page(request, response, version, now)
            if page:
                pages.put(_address(request), page)
        return _served(request, page, timezone.now()) if page else response

    return wrapper


class Made(NamedTuple):
    """A page that says what no content version tells of, and until when it holds."""

    response: HttpResponse
    until: datetime | None


def kept_while(request: HttpRequest, state: str, make: Callable[[], Made]) -> HttpResponse:
    """Keep a page that also says what no content version tells of, and serve it while that is in the same ``state``.

    ``make`` shows that state and no other.
    """
    if not _is_plain(request):
        return make().response
    now = timezone.now()
    return _served(request, _kept_with(request, state, make, now=now), now)


def kept_form(
    request: HttpRequest, state: str, make: Callable[[str], Made], *, token: Callable[[], str]
) -> HttpResponse:
    """Keep a page with a form in the same way. Each reader's has a ``token`` of its own, and is nobody else's to keep.

    ``make`` is told what stands where the token is to stand.
    """
    if not _is_plain(request):
        return make(token()).response
    page = _kept_with(request, state, partial(make, TOKEN_PLACE), now=timezone.now())
    return HttpResponse(page.text.replace(TOKEN_PLACE.encode(), token().encode()), headers=page.headers)


def _kept_with(request: HttpRequest, state: str, make: Callable[[], Made], *, now: datetime) -> Page:
    address, version = f"{_address(request)} {KEPT_WITH_STATE}", f"{version_of(request)} {state}"
    if page := pages.get(address, version, now):
        return page
    made = make()
    channels_at(request, now)
    page = Page.of(made.response, version, min(filter(None, [holds_until(request, now), made.until])))
    pages.put(address, page)
    return page


def kept_page(request: HttpRequest) -> HttpResponse | None:
    """The answer, if this process has kept the page; one query, and none for an address it never kept."""
    if not _is_plain(request) or (address := _address(request)) not in pages:
        return None
    now = timezone.now()
    page = pages.get(address, version_of(request), now)
    return _served(request, page, now) if page else None


def _dated(request: HttpRequest, now: datetime, make: Callable[[], HttpResponse]) -> HttpResponse:
    """What the view says; if it found a page, with word for how long others may keep it."""
    channels_at(request, now)
    response = make()
    if response.status_code == 200 and "no-store" not in response.get("Cache-Control", ""):
        patch_cache_control(response, public=True, max_age=seconds_it_holds(request, now))
    return response


def _is_plain(request: HttpRequest) -> bool:
    """Whether the path alone says what is asked for; what has a query is made each time, under no prefix of others."""
    plain = request.method in ("GET", "HEAD") and not request.META.get("QUERY_STRING")
    return keeps() and plain and request.path == request.path_info


def _address(request: HttpRequest) -> str:
    """Host (the middleware has refused a strange one) and path as read, however it was encoded."""
    return split_domain_port(request.get_host())[0] + request.path_info


def _page(request: HttpRequest, response: HttpResponse, version: str, now: datetime) -> Page | None:
    """The page to keep; None for all but a whole, public one that is the same for everybody."""
    control = response.get("Cache-Control", "")
    public = "public" in control and "no-store" not in control and not response.has_header("Vary")
    if request.method != "GET" or response.status_code != 200 or not public or response.cookies or response.streaming:
        return None
    if not getattr(response, "is_rendered", True):
        response.render()
    until, own = holds_until(request, now), get_max_age(response)
    if own is not None and own < seconds_it_holds(request, now):
        until = now + timedelta(seconds=own)
    return Page.of(response, version, until)


def _served(request: HttpRequest, page: Page, now: datetime) -> HttpResponse:
    """The page as this reader's browser takes it, or word that the browser has it already."""
    zipped = GZIP.search(request.headers.get("Accept-Encoding", "")) is not None
    response = HttpResponse(page.body if zipped else page.text, headers=page.headers)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = f"public, max-age={_seconds(page.valid_until, now)}"
    response.headers["ETag"] = page.etag
    response.headers["Vary"] = "Accept-Encoding"
    return get_conditional_response(request, etag=page.etag, response=response)


def seconds_it_holds(request: HttpRequest, now: datetime) -> int:
    """Whole seconds for which others may keep the page; 0 when it changes now."""
    return _seconds(holds_until(request, now), now)


def _seconds(until: datetime, now: datetime) -> int:
    return max(0, int(min(LONGEST, until - now).total_seconds()))


def holds_until(request: HttpRequest, now: datetime) -> datetime:
    """When the first thing changes by the clock: a channel opens or closes, something registered, the day."""
    tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    states = [channel.state for channel in channels_at(request, now).values() if channel.state]
    changes = [state.changes_at for state in states if state.changes_at]
    return min([tomorrow, *changes, *filter(None, [_next_change(request, now)])])


class Answer(NamedTuple):
    """What the registered changes said: right under a version, from the moment asked until the one it names."""

    version: str
    since: datetime
    moment: datetime | None

    def holds(self, version: str, now: datetime) -> bool:
        return self.version == version and self.since <= now and (self.moment is None or now < self.moment)


_answer: Answer | None = None  # the last one; threads may replace it, each with one that is right


def _next_change(request: HttpRequest, now: datetime) -> datetime | None:
    """What the registered changes say; nobody asks where nothing is kept."""
    global _answer
    if not keeps():
        return None
    version, answer = version_of(request), _answer
    if answer is None or not answer.holds(version, now):
        moments = [moment for change in _changes if (moment := change(now))]
        _answer = answer = Answer(version, now, min(moments, default=None))
    return answer.moment
