"""What stands between a request and every internal page: second factor, a session that ends, the reader's language."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import translation

from .access import password_is_enough
from .second_factor import has_shown_second_factor, owns_second_factor
from .sent_again import sign_in_first

Handler = Callable[[HttpRequest], HttpResponse]

# All a stranger can reach: signing in with both factors, asking for a new password, and what browsers report.
OPEN = frozenset(
    {
        "account_inactive",
        "account_login",
        "account_logout",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "policy_reports",
    }
)
# All a session by password alone can reach: enrolling a first second factor, or showing the one there is.
ENROL = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"})
SHOW = frozenset({"mfa_reauthenticate"})
# In development both faces share one process; these paths are the internal one's.
INTERNAL_PATHS = ("/account/", "/admin/", "/workspace/")

RENEWED = "renewed"  # in the session: when it was last given its whole idle time again, in seconds of the epoch
RENEWED_EVERY = 60
# What a page that stands open asks by itself, every few seconds: nobody uses it for that.
UNWATCHED = ("/admin/editing-sessions/",)


def note_second_factor(request: HttpRequest) -> bool:
    """Leave word on the request whether its session has shown a second factor; asked once."""
    if not hasattr(request, "second_factor_shown"):
        request.second_factor_shown = has_shown_second_factor(request)
    return request.second_factor_shown


def _missing_factor(request: HttpRequest) -> HttpResponseBase | None:
    """Where this request must go first; None when it may go on."""
    name = request.resolver_match.view_name
    if not request.user.is_authenticated:
        return sign_in_first(request)
    if note_second_factor(request):
        return None
    allowed, target = (
        (SHOW, "mfa_reauthenticate") if owns_second_factor(request.user) else (ENROL, "mfa_activate_totp")
    )
    if name in allowed:
        return None
    return redirect_to_login(request.get_full_path(), resolve_url(target), REDIRECT_FIELD_NAME)


def second_factor(get_response: Handler) -> Handler:
    """Where the settings require it, open no page before this session has shown password and second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *view) -> HttpResponseBase | None:
        if password_is_enough() or request.resolver_match.view_name in OPEN:
            return None
        return _missing_factor(request)

    middleware.process_view = process_view
    return middleware


def is_internal(request: HttpRequest) -> bool:
    """Whether this page is for colleagues: all of them on the internal face, some where one process has both."""
    return settings.FACE == "internal" or request.path_info.startswith(INTERNAL_PATHS)


def never_stored(get_response: Handler) -> Handler:
    """Leave no internal page behind in a browser or a proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_internal(request):
            response["Cache-Control"] = "no-store"
        return response

    return middleware


def renewed_session(get_response: Handler) -> Handler:
    """Keep a session alive while somebody uses it, by one write a minute instead of one a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        session, now = request.session, int(time.time())
        used = not request.path_info.startswith(UNWATCHED)
        if used and SESSION_KEY in session and now - session.get(RENEWED, 0) >= RENEWED_EVERY:
            session[RENEWED] = now
        return get_response(request)

    return middleware


def language_of_user(get_response: Handler) -> Handler:
    """Show internal pages in the language the reader chose; before signing in, in that of the browser.

    A public address means the same to everyone, so there the path alone decides.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if is_internal(request):
            known = request.user.language if request.user.is_authenticated else None
            request.LANGUAGE_CODE = known or translation.get_language_from_request(request)
            translation.activate(request.LANGUAGE_CODE)
        return get_response(request)

    return middleware
