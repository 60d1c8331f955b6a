"""A name for every request, so that the trail, the log and a colleague's question meet."""

from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from structlog.contextvars import bound_contextvars

Handler = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: Handler) -> Handler:
    """Give each request an id of our own making, and send it back as ``X-Request-ID``. One sent to us is ignored.

    Every line that is logged meanwhile carries it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = uuid4().hex
        with bound_contextvars(request_id=request.request_id):
            response = get_response(request)
        response["X-Request-ID"] = request.request_id
        return response

    return middleware
