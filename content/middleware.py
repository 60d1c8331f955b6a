"""Pages that this process has kept, and addresses that no longer lead anywhere.

To the latter belongs what the list of redirects in the Wagtail admin says. Wagtail adds to the list itself when a page
moves or gets another address. Its own middleware is not used: it shows a redirect to a page that is not public, and
the public database role cannot read such a page at all.
"""

from collections.abc import Callable

from django.db.models import F
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import patch_cache_control
from wagtail.contrib.redirects.models import Redirect

from content.caching import LONGEST, kept_page
from content.tree import Tree
from outreach.languages import further

Handler = Callable[[HttpRequest], HttpResponse]


def kept_pages(get_response: Handler) -> Handler:
    """Answer with the page that this process has kept, before anybody asks which view would make it.

    The last of the public face's middleware: what the others add or refuse holds for a kept page as for a new one.
    """
    return lambda request: kept_page(request) or get_response(request)


def published_languages(get_response: Handler) -> Handler:
    """A further language whose front page is not published is not there: neither its pages nor its other addresses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = request.LANGUAGE_CODE
        if language in further() and not Tree.of(request).home(language):
            translation.activate("en")
            request.LANGUAGE_CODE = "en"
            raise Http404
        return get_response(request)

    return middleware


def old_addresses(get_response: Handler) -> Handler:
    """Answer an address that is not found by the redirect kept for it; every other answer passes untouched."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        return _moved(request) or response

    return middleware


def _moved(request: HttpRequest) -> HttpResponse | None:
    """The redirect for this address, with its query before without; None where it leads to nothing public."""
    asked = Redirect.normalise_path(request.get_full_path())
    rows = Redirect.objects.filter(old_path__in={asked, asked.partition("?")[0]})
    row = rows.order_by(Length("old_path").desc(), F("site").asc(nulls_last=True), "pk").first()
    if row is None:
        return None
    page = Tree.of(request).by_pk.get(row.redirect_page_id)
    if not (target := page.url if page else row.redirect_link):
        return None
    response = (HttpResponsePermanentRedirect if row.is_permanent else HttpResponseRedirect)(target)
    patch_cache_control(response, public=True, max_age=int(LONGEST.total_seconds()))  # an editor may think better
    return response
