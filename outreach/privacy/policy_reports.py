"""What browsers report of pages that broke their content policy: counted in the log, and nothing kept of who it was.

Of a report stay the directive, the host that was blocked and the name of the view: no address, no sample of the page,
nothing of the sender. Anybody may send anything here, so a kind of violation is told the first time, the tenth, the
hundredth …, and only so many kinds in the life of a process.
"""

import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from outreach.privacy.limits import Use, allow, source

LARGEST = 64 * 1024  # bytes; browsers send a few reports of a few hundred each
AT_ONCE = 20
PER_SOURCE = 60  # posts an hour
KINDS = 200
# What a browser sends for report-uri (CSP 3 §5.3), and for report-to (Reporting API §4).
OLD, NEW = "application/csp-report", "application/reports+json"
DIRECTIVES = frozenset(
    {
        *("default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem"),
        *("style-src-attr", "img-src", "font-src", "connect-src", "media-src", "object-src", "frame-src"),
        *("child-src", "worker-src", "manifest-src", "base-uri", "form-action", "frame-ancestors", "sandbox"),
    }
)
WITHOUT_HOST = frozenset(
    {
        *("inline", "eval", "wasm-eval", "self", "data", "blob", "about", "filesystem", "javascript"),
        *("chrome-extension", "moz-extension", "safari-web-extension"),
    }
)
HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,5}")
OTHER = "other"

logger = structlog.stdlib.get_logger("outreach.policy")


class Violation(NamedTuple):
    directive: str
    blocked: str
    view: str


class Tally:
    """How often each kind of violation was reported to this process."""

    def __init__(self) -> None:
        self.times: Counter[Violation] = Counter()
        self.lock = threading.Lock()

    def add(self, violation: Violation) -> int:
        """How often by now; 0 for a kind too many."""
        with self.lock:
            if violation not in self.times and len(self.times) >= KINDS:
                return 0
            self.times[violation] += 1
            return self.times[violation]


TALLY = Tally()


@csrf_exempt
def policy_reports(request: HttpRequest) -> HttpResponse:
    """Take the reports of any browser, signed in or not; it is told nothing but that they came."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if request.content_type not in (OLD, NEW):
        return HttpResponse(status=415)
    sent = request.read(LARGEST + 1)
    if len(sent) > LARGEST:
        return HttpResponse(status=413)
    if not allow(Use("policy-reports", source(request), PER_SOURCE), now=timezone.now()):
        return HttpResponse(status=429)
    try:
        read = json.loads(sent)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    for violation in violations(read):
        _tell(violation)
    return HttpResponse(status=204)


policy_reports.is_public_form = True  # type: ignore[attr-defined]  # it changes nothing: there is nothing to prove


def _tell(violation: Violation) -> None:
    times = TALLY.add(violation)
    if str(times).strip("0") == "1":
        logger.warning("A page broke its content policy.", **violation._asdict(), times=times)


def violations(read: Any) -> Iterator[Violation]:
    """Those in what was sent, in either format; what is neither is passed over."""
    reports = read if isinstance(read, list) else [read]
    for report in reports[:AT_ONCE]:
        if not isinstance(report, dict):
            continue
        if isinstance(body := report.get("csp-report"), dict):
            directive = _text(body, "effective-directive") or _text(body, "violated-directive")
            yield _violation(directive, blocked=_text(body, "blocked-uri"), page=_text(body, "document-uri"))
        elif report.get("type") == "csp-violation" and isinstance(body := report.get("body"), dict):
            directive, blocked = _text(body, "effectiveDirective"), _text(body, "blockedURL")
            yield _violation(directive, blocked=blocked, page=_text(body, "documentURL"))


def _text(body: dict, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _violation(directive: str, *, blocked: str, page: str) -> Violation:
    named = directive.partition(" ")[0]
    return Violation(named if named in DIRECTIVES else OTHER, _host(blocked), _view(page))


def _host(blocked: str) -> str:
    """The host of an address, or the word a browser says instead."""
    if blocked in WITHOUT_HOST:
        return blocked
    try:
        parts = urlsplit(blocked)
        host = parts.hostname or ""
    except ValueError:
        return OTHER
    if parts.scheme in WITHOUT_HOST:
        return parts.scheme
    return host if HOST.fullmatch(host) else OTHER


def _view(page: str) -> str:
    """The name of the view that made the page: its address may be somebody's personal link."""
    try:
        path = urlsplit(page).path
        with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
            return resolve(path).view_name
    except (ValueError, Resolver404):
        return OTHER
