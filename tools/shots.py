"""``make shots``: a picture of every screen in both languages and three widths, in shots/, for eyes.

A fresh database with the starting content and the demonstration, a server of its own, and Chromium. Words after
``make shots ARGS=`` choose screens by part of their name; ``--front`` makes the README's picture instead.
"""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import django
from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium

if TYPE_CHECKING:  # Django must be set up first
    from outreach.accounts.models import User
    from tools.samples import Samples
    from tools.screen import Screen

ROOT = Path(__file__).resolve().parents[1]
SHOTS = ROOT / "shots"
FRONT = ROOT / "docs" / "front.png"
HEIGHTS = {320: 640, 768: 1024, 1280: 860}


@contextmanager
def living_system() -> Iterator[str]:
    """A fresh database with everything in it, and a server; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DATABASE_URL": f"sqlite:///{folder}/shots.sqlite3",
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in this thread
            "DJANGO_SETTINGS_MODULE": "outreach.settings.testing",  # error pages as people see them
        }
        django.setup()
        logging.disable(logging.ERROR)  # refused forms and missing pages are among the screens
        from django.contrib.staticfiles.handlers import StaticFilesHandler
        from django.core.management import call_command
        from django.test.testcases import LiveServerThread

        for command in ("migrate", "load_starting_content", "load_demonstration"):
            print(f"{command} …", flush=True)
            call_command(command, verbosity=0, stdout=StringIO())
        server = LiveServerThread("127.0.0.1", static_handler=StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.terminate()


@contextmanager
def page_of(browser: Browser, address: str, width: int, officer: "User | None" = None) -> Iterator[Page]:
    """A page of this width; signed in as ``officer`` when one is given."""
    from django.conf import settings
    from django.test import Client

    from tools import signed_in  # noqa: F401

    context = browser.new_context(
        base_url=address,
        viewport={"width": width, "height": HEIGHTS[width]},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
    )
    if officer:
        client = Client()
        client.force_login(officer)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": str(client.session.session_key), "url": address}])
    try:
        yield context.new_page()
    finally:
        context.close()


def take(screen: "Screen", samples: "Samples", language: str, width: int, page: Page) -> None:
    """One picture, of the whole length of the page."""
    path = SHOTS / f"{screen.name}.{language}.{width}.png"
    page.goto(screen.address(samples, language))
    if screen.act:
        screen.act(page)
    page.evaluate("Promise.allSettled([...document.fonts].map((face) => face.load())).then(() => null)")
    # A window as tall as the page: bars that stick to its edge then stand where the page ends.
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height})
    page.screenshot(path=path)


def take_all(browser: Browser, address: str, words: list[str]) -> int:
    """Every chosen screen; returns how many could not be shown, each told in a line."""
    from tools.samples import Samples
    from tools.screens import LANGUAGES, SCREENS, WIDTHS

    samples, failures = Samples(), 0
    chosen = [screen for screen in SCREENS if not words or any(word in screen.name for word in words)]
    for language in LANGUAGES:
        type(samples.officer).objects.filter(pk=samples.officer.pk).update(language=language)
        for screen in chosen:
            officer = samples.officer if screen.signed_in else None
            for width in WIDTHS:
                with page_of(browser, address, width, officer) as page:
                    try:
                        take(screen, samples, language, width, page)
                    except Exception as error:  # the other screens are worth seeing all the same
                        failures += 1
                        print(f"{screen.name}.{language}.{width}: {error}", file=sys.stderr)
    print(f"{len(chosen)} screens, {len(LANGUAGES)} languages, {len(WIDTHS)} widths: shots/")
    return failures


def take_front(browser: Browser, address: str) -> None:
    """The README's picture: what a visitor sees first, in few colours."""
    from PIL import Image

    FRONT.parent.mkdir(exist_ok=True)
    with page_of(browser, address, 1280) as page:
        page.goto("/")
        page.evaluate("document.fonts.ready.then(() => null)")
        page.screenshot(path=FRONT)
    with Image.open(FRONT) as picture:
        picture.convert("RGB").quantize(96, dither=Image.Dither.NONE).save(FRONT, optimize=True)
    print(f"{FRONT.relative_to(ROOT)}: {FRONT.stat().st_size // 1000} kB")


def main() -> int:
    words = [word for word in sys.argv[1:] if word != "--front"]
    if chromium.executable() is None:
        print("Chromium is missing. On Debian: sudo apt-get install chromium-headless-shell", file=sys.stderr)
        return 1
    SHOTS.mkdir(exist_ok=True)
    with sync_playwright() as playwright, living_system() as address:
        browser = chromium.launch(playwright)
        if "--front" in sys.argv:
            take_front(browser, address)
            return 0
        return 1 if take_all(browser, address, words) else 0


if __name__ == "__main__":
    sys.exit(main())
