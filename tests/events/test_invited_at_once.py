"""Two who answer in the same moment, with real transactions: one seat, one answer, one use."""

import pytest

from events.door import invited as door
from events.door.invited import orm, sql
from events.models import Invitation, Registration
from events.services import inviting
from tests.events.factories import EventFactory, InvitationFactory
from tests.events.test_concurrency import assert_counted, at_once, call, link

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[orm, pytest.param(sql, marks=pytest.mark.postgresql)], ids=["orm", "sql"], autouse=True)
def backend(request, monkeypatch, started):
    monkeypatch.setattr(door, "backend", lambda: request.param)


@pytest.fixture
def closed_event():
    return EventFactory(by_invitation=True, seats=2)


def told(name):
    return {"name": name, "email": f"{name}@example.org"}


def test_one_link_in_four_browsers_is_one_seat(closed_event):
    h = link(InvitationFactory(event=closed_event, sent=True), "invited")

    outcomes = at_once(*[call(door.accept, h, told(name), language="da") for name in ("ana", "bo", "cil", "dan")])

    assert sum(outcome.changed for outcome in outcomes) == 1
    assert len({outcome.registration_id for outcome in outcomes}) == 1
    assert assert_counted(closed_event).taken == 1


def test_six_invited_share_two_seats_and_the_rest_wait(closed_event):
    hashes = [link(InvitationFactory(event=closed_event, sent=True), "invited") for _ in range(6)]

    at_once(*[call(door.accept, h, told(f"navn{number}"), language="da") for number, h in enumerate(hashes)])

    counter = assert_counted(closed_event)
    assert (counter.taken, counter.waiting) == (2, 4)


def test_a_yes_and_a_no_at_once_leave_one_answer(closed_event):
    invitation = InvitationFactory(event=closed_event, sent=True)
    h = link(invitation, "invited")

    at_once(call(door.accept, h, told("ana"), language="da"), call(door.decline, h, "Nej"))

    invitation.refresh_from_db()
    assert invitation.status == "accepted"  # a no that came first became a yes; one that came second changed nothing
    assert assert_counted(closed_event).taken == 1


def test_a_yes_and_somebody_named_at_once_are_not_both(closed_event):
    invitation = InvitationFactory(event=closed_event, sent=True)
    h = link(invitation, "invited")

    yes, named = at_once(
        call(door.accept, h, told("ana"), language="da"), call(door.name_another, h, "Bo", "bo@example.org")
    )

    assert yes.changed != named.changed
    assert Registration.objects.live().exists() == yes.changed


def test_a_link_of_two_seats_is_used_twice_however_many_try_at_once(closed_event):
    h = link(InvitationFactory(event=closed_event, sent=True, uses=2), "invited")

    outcomes = at_once(*[call(door.propose, h, told(f"navn{number}"), language="da") for number in range(5)])

    assert sum(outcome.changed for outcome in outcomes) == 2
    assert Registration.objects.pending().count() == 2


def test_a_yes_while_it_is_withdrawn_is_a_seat_or_nothing(closed_event):
    invitation = InvitationFactory(event=closed_event, sent=True)
    h = link(invitation, "invited")

    yes, withdrawn = at_once(
        call(door.accept, h, told("ana"), language="da"),
        call(inviting.withdraw, invitation, officer=closed_event.owner, now=invitation.created_at),
    )

    assert bool(yes and yes.changed) != withdrawn
    assert Registration.objects.live().exists() != withdrawn
    assert Invitation.objects.get().status == ("withdrawn" if withdrawn else "accepted")
