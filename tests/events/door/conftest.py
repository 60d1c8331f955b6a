"""One contract for both backends of the doors: the ORM, and on PostgreSQL the functions."""

import pytest

from events import door
from events.door import dialogue, invited, mails, materials, own
from events.services import tokens
from tests.events.factories import EventFactory, RegistrationFactory


@pytest.fixture(params=["orm", pytest.param("sql", marks=pytest.mark.postgresql)], autouse=True)
def backend(request, monkeypatch, started):
    for each in (door, dialogue, mails, invited, own, materials):
        monkeypatch.setattr(each, "backend", lambda each=each: getattr(each, request.param))


def link(registration, purpose):
    """The hash of a personal link."""
    return tokens.digest(tokens.issue(registration, purpose))


def counted(event):
    """The counter, which must agree with the registrations it counts."""
    event.seats.refresh_from_db()
    rows = event.registrations
    assert event.seats.taken == rows.confirmed().count() + rows.offered().count()
    assert event.seats.waiting == rows.waiting().count()
    return event.seats.taken, event.seats.waiting


@pytest.fixture
def both(db):
    return EventFactory(attendance="both", seats=9)


@pytest.fixture
def ana(both):
    return RegistrationFactory(event=both, confirmed=True, name="Ana Ærø", email="ana@example.org")
