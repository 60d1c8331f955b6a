"""What a personal link does to an invitation to a dialogue."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.door import dialogue as door
from events.models import DialogueRequest, DialogueRequestToken
from events.services.dialogue_requests import TOLD
from events.services.tokens import Purpose
from tests.events.factories import DialogueRequestFactory, OfficerFactory

from .conftest import link

Status = DialogueRequest.Status
pytestmark = pytest.mark.django_db
ACTIONS = {"view": door.view, "confirm": door.confirm, "withdraw": door.withdraw}


@pytest.fixture
def asked():
    return DialogueRequestFactory(wishes="En aften", people=12, languages="Somali")


@pytest.fixture
def waiting():
    return DialogueRequestFactory(confirmed=True)


def test_a_link_shows_what_was_told_and_nothing_of_ours(asked):
    DialogueRequest.objects.update(handler=OfficerFactory())

    seen = door.view(link(asked, Purpose.CONFIRM))

    assert seen.purpose == "confirm"
    assert {name: getattr(seen.request, name) for name in TOLD} == {name: getattr(asked, name) for name in TOLD}
    assert seen.request.forgotten_at == asked.forgotten_at
    assert seen.request.get_deferred_fields() == {"handler_id", "answer"}


def test_confirming_hands_it_to_the_officers_once(asked, started):
    h = link(asked, Purpose.CONFIRM)

    first, second = door.confirm(h), door.confirm(h)

    assert first == (asked.pk, "confirmed", True)
    assert second == first._replace(changed=False)
    assert started == [("events.dialogue_confirmed", asked.pk)]
    asked.refresh_from_db()
    assert asked.confirmed_at is not None
    assert door.view(h) is None


def test_withdrawing_takes_it_back_once(waiting):
    h = link(waiting, Purpose.MANAGE)

    first, second = door.withdraw(h), door.withdraw(h)

    assert first == (waiting.pk, "withdrawn", True)
    assert second == first._replace(changed=False)
    waiting.refresh_from_db()
    assert waiting.closed_at is not None
    assert door.view(h).request.status == "withdrawn"


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.DECLINED])
def test_what_has_been_answered_can_not_be_withdrawn(waiting, status):
    DialogueRequest.objects.update(status=status, closed_at=timezone.now())

    assert door.withdraw(link(waiting, Purpose.MANAGE)) == (waiting.pk, status, False)


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
@pytest.mark.parametrize("h", ["", "0" * 64, "æ" * 64, "' or true --"])
def test_an_unknown_link_does_nothing_at_all(asked, act, h):
    assert act(h) is None
    assert DialogueRequest.objects.get().status == "pending"


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.MANAGE])
def test_an_expired_link_does_nothing_at_all(waiting, act, purpose):
    h = link(waiting, purpose)
    DialogueRequestToken.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    assert act(h) is None


def test_a_link_serves_one_purpose_and_one_invitation(asked, waiting):
    assert door.withdraw(link(asked, Purpose.CONFIRM)) is None
    assert door.confirm(link(waiting, Purpose.MANAGE)) is None
    door.confirm(link(asked, Purpose.CONFIRM))

    assert set(DialogueRequest.objects.values_list("status", flat=True)) == {"confirmed"}
