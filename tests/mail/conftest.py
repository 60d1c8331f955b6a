from pathlib import Path

import pytest

from outreach.accounts.models import Team
from outreach.mail import kinds
from outreach.mail.kinds import MailKind
from outreach.mail.sending import send
from tests.mail.postbox import Postbox

TEMPLATES = Path(__file__).parent / "templates"


def links(message):
    base = "https://public.example"
    return {"confirm": f"{base}/confirm/secret-1/", "manage": f"{base}/manage/secret-2/"}


@pytest.fixture(autouse=True)
def sample_kind(settings, monkeypatch):
    """A kind with two links, registered for one test."""
    settings.PUBLIC_BASE_URL = "https://public.example"
    settings.TEMPLATES = [
        {**configured, "DIRS": [*configured["DIRS"], TEMPLATES]} for configured in settings.TEMPLATES
    ]
    monkeypatch.setitem(kinds.KINDS, "sample.hello", MailKind(name="sample.hello", links=links))


@pytest.fixture
def team(db):
    return Team.objects.create(name="Øst & Vest")


@pytest.fixture
def write(team):
    """``write("bo@example.org")`` puts a mail to that address in the outbox."""

    def write(to="bo@example.org", *, language="da", name="Bo", **options):
        return send("sample.hello", to=to, language=language, about=team, context={"name": name}, **options)

    return write


@pytest.fixture
def postbox(settings):
    """A mail server that is open, and to which the settings point."""
    postbox = Postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", postbox.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    postbox.open()
    yield postbox
    postbox.close()
