"""A page in Debian's Chromium that watches itself: policy violations, script errors and calls to other hosts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

LOCAL = {"127.0.0.1", "localhost"}
# Chromium asks for the policy report through an event; the page's own policy does not bind scripts added like this.
RECORD_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
  console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`));
"""


@dataclass
class Watch:
    """What went wrong on one page since it was opened."""

    violations: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    remote: list[str] = field(default_factory=list)

    def console(self, message) -> None:
        if "policy violation" in message.text or "Content Security Policy" in message.text:
            self.violations.append(message.text)

    def request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.hostname not in LOCAL:
            self.remote.append(request.url)

    def assert_clean(self) -> None:
        assert self.violations == [], "violations of the content security policy"
        assert self.remote == [], "requests to other hosts"
        assert self.errors == [], "errors in scripts"


@contextmanager
def watched_page(browser: Browser, **options) -> Iterator[Page]:
    """A fresh page, Danish time and language; leaving it asserts that nothing went wrong on the way."""
    defaults = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen", "viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(**{**defaults, **options})
    context.set_default_timeout(10_000)
    watch = Watch()
    context.add_init_script(RECORD_VIOLATIONS)
    context.on("console", watch.console)
    context.on("request", watch.request)
    context.on("weberror", lambda error: watch.errors.append(str(error.error)))
    page = context.new_page()
    try:
        yield page
        watch.assert_clean()
    finally:
        context.close()
