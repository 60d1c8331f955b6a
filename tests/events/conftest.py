import pytest

from events.services import calendar, registering, tokens, waiting_list
from tests.events.factories import EventFactory


@pytest.fixture
def started(monkeypatch):
    """What was put in the queue, as (name, id) pairs; nothing runs."""
    calls = []
    for module in (registering, waiting_list):
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
        return "/".join(["https://example.org", language, name.replace(":", "/"), *args])

    for module in (calendar, tokens):
        monkeypatch.setattr(module, "public_url", public_url)
