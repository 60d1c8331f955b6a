"""The public face inside the test's own process: its settings, and an empty memory."""

import pytest
from django.test import Client

from content import caching
from content.context import CHANNELS, DEMONSTRATION, MENUS
from content.keeping import pages
from content.notices import SHOWINGS
from content.tree import TREE
from outreach.settings.base import PUBLIC_MIDDLEWARE


@pytest.fixture
def public_face(settings):
    """A visitor of a process that keeps pages."""
    settings.FACE, settings.ROOT_URLCONF = "public", "outreach.urls.public"
    settings.MIDDLEWARE = [name for name in PUBLIC_MIDDLEWARE if not name.startswith("whitenoise")]
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    forget()
    yield Client()
    forget()


def forget():
    """As after a start."""
    pages.clear()
    for kept in (TREE, CHANNELS, DEMONSTRATION, MENUS, SHOWINGS):
        kept.forget()
    caching._answer = None
