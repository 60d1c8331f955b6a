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
        found = Watch(self.violations, self.errors, self.remote)
        self.violations, self.errors, self.remote = [], [], []  # the next look starts anew
        assert found.violations == [], "violations of the content security policy"
        assert found.remote == [], "requests to other hosts"
        assert found.errors == [], "errors in scripts"


@contextmanager
def watched_page(browser: Browser, **options) -> Iterator[Page]:
    """A fresh page, Danish time and language; leaving it asserts that nothing went wrong on the way."""
    with watched_window(browser, **options) as window, window.looked_through() as page:
        yield page


@dataclass
class Window:
    """A page that several tests look through, one after the other."""

    page: Page
    watch: Watch

    @contextmanager
    def looked_through(self) -> Iterator[Page]:
        """The page without the cookies of who looked before; leaving it asserts that nothing went wrong."""
        self.page.context.clear_cookies()
        yield self.page
        self.watch.assert_clean()


@contextmanager
def watched_window(browser: Browser, **options) -> Iterator[Window]:
    """A window of its own, Danish time and language; opening one takes longer than looking at a page."""
    defaults = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen", "viewport": {"width": 1280, "height": 900}}
    context = browser.new_context(**{**defaults, **options})
    context.set_default_timeout(10_000)
    watch = Watch()
    context.add_init_script(RECORD_VIOLATIONS)
    context.on("console", watch.console)
    context.on("request", watch.request)
    context.on("weberror", lambda error: watch.errors.append(str(error.error)))
    try:
        yield Window(context.new_page(), watch)
    finally:
        context.close()
