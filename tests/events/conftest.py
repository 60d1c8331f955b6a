import pytest
from django.conf import settings

from events import mail
from events.services import calendar, planning, registering, tokens, waiting_list
from tests.events.factories import EventFactory


@pytest.fixture
def started(monkeypatch):
    """What was put in the queue, as (name, id) pairs; nothing runs."""
    calls = []
    for module in (planning, registering, waiting_list):
        monkeypatch.setattr(module, "enqueue", lambda name, *ids: calls.append((name, *ids)))
    return calls


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def full_event(db):
    return EventFactory(full=True)


@pytest.fixture(autouse=True)
def addresses(monkeypatch):
    """Addresses as they will be, without the screens."""

    def public_url(name, *args, language=None):
        return "/".join([settings.PUBLIC_BASE_URL, language, name.replace(":", "/"), *args])

    for module in (calendar, mail, tokens):
        monkeypatch.setattr(module, "public_url", public_url)
