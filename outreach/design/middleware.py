"""What holds for every response of both faces: the language of the path, and the security headers."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponse]

REPORTS = "/policy-reports/"
# Older browsers read the first, newer ones the second, whose address stands in a header of its own.
REPORTED = f"; report-uri {REPORTS}; report-to policy"
STRICT_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
FRAMED_BY_US = "frame-ancestors 'self'"
# What an editor looks at before anyone else, in a frame beside the form.
PREVIEW_POLICY = STRICT_POLICY.replace("frame-ancestors 'none'", FRAMED_BY_US)
# Wagtail's editor writes style and script into the page and shows its previews in a frame.
EDITOR_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
UNUSED_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
PERMISSIONS = ", ".join(f"{feature}=()" for feature in UNUSED_FEATURES)


def _policy(request: HttpRequest) -> str:
    """The strict policy, but for a signed-in editor in the Wagtail admin."""
    if getattr(request, "is_preview", False):  # Wagtail's own inner request, never one from outside
        return PREVIEW_POLICY
    if request.path_info.startswith("/admin/"):
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            return EDITOR_POLICY
    return STRICT_POLICY


def security_headers(get_response: Handler) -> Handler:
    """Add what Django's SecurityMiddleware does not: content policy, permissions, resource policy.

    Outside that middleware, so that its redirect to TLS, every file and every refusal of a later one has them too.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Content-Security-Policy" not in response.headers:
            response.headers["Content-Security-Policy"] = _policy(request) + REPORTED
            response.headers["Reporting-Endpoints"] = f'policy="{REPORTS}"'
        framed = "SAMEORIGIN" if FRAMED_BY_US in response.headers["Content-Security-Policy"] else "DENY"
        response.headers.setdefault("X-Frame-Options", framed)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if "no-store" in response.headers.get("Cache-Control", ""):
            response.headers.setdefault("X-Robots-Tag", "noindex")  # what nobody may keep no search engine lists
        return response

    return middleware


def language_by_path(get_response: Handler) -> Handler:
    """Let the path alone say the language, so that an address means the same to everyone and to every cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware
