"""One contract for both backends of the door: the ORM, and on PostgreSQL the five functions."""

import pytest

from events import door
from events.door import orm, sql
from events.services import tokens


@pytest.fixture(params=[orm, pytest.param(sql, marks=pytest.mark.postgresql)], ids=["orm", "sql"], autouse=True)
def backend(request, monkeypatch, started):
    monkeypatch.setattr(door, "backend", lambda: request.param)


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
