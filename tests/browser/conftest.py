"""The product as `make run` shows it: starting content and demonstration, loaded once, behind a real server.

These tests share that database and change it as people do; each makes the events it changes. Nothing of it is left
for other tests.
"""

import io
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client, override_settings
from pytest_django.live_server_helper import LiveServer

from outreach.queue.worker import Worker
from tests.journeys import mailbox, words
from tests.watching import watched_window
from tools.samples import Samples

LOCALES = {"da": "da-DK", "en": "en-GB"}


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker):
    """One database for all tests of this folder: the server and the test read and write it, each in its thread."""
    with django_db_blocker.unblock():
        call_command("load_starting_content", verbosity=0)
        call_command("load_demonstration", verbosity=0, stdout=io.StringIO())
        yield
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)
        connections.close_all()


@pytest.fixture(scope="package")
def site(db, chromium):
    """``url`` of the running site, ``samples`` of everything it shows."""
    server = LiveServer("127.0.0.1")
    bases = {"PUBLIC_BASE_URL": server.url, "INTERNAL_BASE_URL": server.url, "LEAVE_URL": elsewhere(server.url)}
    with override_settings(**bases):
        yield SimpleNamespace(url=server.url, samples=Samples())
    server.stop()


def elsewhere(url):
    """Where "Leave this site" leads in these tests: another host, on this machine."""
    return url.replace("127.0.0.1", "localhost") + "/static/img/icons.svg"


@pytest.fixture
def work(site):
    """Call it to run every task that is due, as the worker would."""
    return lambda: Worker(interval=0, batch=True).run()


@pytest.fixture
def mailboxes():
    return mailbox.in_memory()


@pytest.fixture
def sign_in(site):
    """``sign_in(page, "en")`` makes its browser the officer's, who reads the workspace in this language."""

    def sign_in(page, language, user=None):
        user = user or site.samples.officer
        type(user).objects.filter(pk=user.pk).update(language=language)
        client = Client()
        client.force_login(user)
        session = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": site.url}
        page.context.add_cookies([session])

    return sign_in


@pytest.fixture
def visit(site, open_page):
    """``visit(width=320, language="en", java_script_enabled=False)`` opens a page of somebody's own."""
    with ExitStack() as stack:

        def visit(*, width: int = 1280, height: int = 900, language: str = "da", **options):
            surroundings = {"viewport": {"width": width, "height": height}, "locale": LOCALES[language]}
            options = {"base_url": site.url, **surroundings, **options}
            return stack.enter_context(open_page(**options))

        yield visit


@pytest.fixture(scope="module")
def windows(site, chromium):
    """``with windows(320, "en") as page:`` for a look at one screen in the window that the module has for that."""
    with ExitStack() as stack:
        opened = {}

        def windows(width, language):
            if (width, language) not in opened:
                surroundings = {"viewport": {"width": width, "height": 900}, "locale": LOCALES[language]}
                window = watched_window(chromium, base_url=site.url, **surroundings)
                opened[width, language] = stack.enter_context(window)
            return opened[width, language].looked_through()

        yield windows


@pytest.fixture
def walk(visit):
    """``hands, says = walk(way)``: somebody who has just come. Who signs in nowhere leaves without a cookie."""
    pages = []

    def walk(way, **surroundings):
        page = visit(language=way.language, java_script_enabled=way.scripts, **surroundings)
        if not way.signs_in:
            pages.append(page)
        return way.hands(page), getattr(words, way.language)

    yield walk
    assert [page.context.cookies() for page in pages] == [[]] * len(pages)
