"""The second lock's hand on every internal request: one transaction, asked for the colleague who signed in."""

from collections.abc import Callable, Iterable, Iterator

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from outreach.accounts.access import may_enter, password_is_enough
from outreach.accounts.middleware import note_second_factor
from outreach.accounts.models import User
from outreach.audit.trail import kept_for_the_end

from . import context

Handler = Callable[[HttpRequest], HttpResponse]


def asked_by_the_reader(get_response: Handler) -> Handler:
    """On PostgreSQL, run a signed-in request and its rendering in one transaction that knows who reads.

    Whatever was done is undone when the answer is an error of ours. What was read is noted last, before the commit:
    no entry, no response. SQLite requests are not wrapped, only noted. A stranger's request is left alone: there is
    nobody to ask for, and no row to meet.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _signed_in(request):
            return get_response(request)
        if connection.vendor != "postgresql":
            return _noting(get_response, request)
        user = request.user
        with transaction.atomic(savepoint=False):
            context.enter(user, timezone.localdate())
            response = _noting(get_response, request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        if response.streaming and not getattr(response, "file_to_stream", None):
            response.streaming_content = _asked_by(user, response.streaming_content)
        return response

    return middleware


def _noting(get_response: Handler, request: HttpRequest) -> HttpResponse:
    with kept_for_the_end() as noted:
        response = get_response(request)
        if response.status_code >= 500:
            noted.clear()
    return response


def _signed_in(request: HttpRequest) -> bool:
    if not password_is_enough() and request.user.is_authenticated:
        note_second_factor(request)
    return may_enter(request)


def _asked_by(user: User, parts: Iterable[bytes]) -> Iterator[bytes]:
    """What is written while it is sent is read under the same context, in a transaction of its own."""
    with transaction.atomic():
        context.enter(user, timezone.localdate())
        yield from parts
