import pytest

from events.door import invited
from events.services import (
    capacity,
    coming,
    dialogue_requests,
    form_links,
    inviting,
    mailbox,
    mails_again,
    modes,
    planning,
    reach,
    registering,
    reminders,
    swapping,
    waiting_list,
)
from tests.events.factories import EventFactory


@pytest.fixture
def started(monkeypatch):
    """What was put in the queue, as (name, id) pairs; nothing runs."""
    calls = []
    monkeypatch.setattr(invited, "enqueue", lambda name, *ids: calls.append((name, *ids)))
    for module in (
        capacity,
        coming,
        dialogue_requests,
        form_links,
        inviting,
        mailbox,
        mails_again,
        modes,
        planning,
        reach,
        reach,
        registering,
        reminders,
        swapping,
        waiting_list,
    ):
        monkeypatch.setattr(module, "enqueue", lambda name, *ids: calls.append((name, *ids)))
    return calls


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def full_event(db):
    return EventFactory(full=True)
