"""What stands on the page when no answer could be made: a sentence in both languages, an id, and nothing else.

The id is the one in the log and in ``X-Request-ID``. The page is made without the database; should its template fail
as well, the words below stand alone.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.html import format_html

logger = logging.getLogger("outreach.errors")

ALONE = (
    '<!doctype html><html lang="da"><meta charset="utf-8"><title>Noget gik galt</title>'
    "<p>Noget gik galt hos os. Er det akut, så ring 112. Fejlens nummer: {}</p>"
    '<p lang="en">Something went wrong on our side. If it is urgent, call 112. Number of the error: {}</p></html>'
)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page("500.html", request, status=500)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent cannot be read. The exception may quote it, so it is not told."""
    return _page("400.html", request, status=400)


def _page(name: str, request: HttpRequest, *, status: int) -> HttpResponse:
    request_id = getattr(request, "request_id", "")
    try:
        page = get_template(name).render({"request_id": request_id})
    except Exception:  # whatever is wrong with it, the visitor is owed an answer
        logger.exception("The page that tells of an error could not be made.", extra={"request": request})
        page = format_html(ALONE, request_id, request_id)
    return HttpResponse(page, status=status)
