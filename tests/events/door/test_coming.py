"""A participant who was asked says whether they still come."""

import pytest

from events import door
from events.models import Refusal
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import counted, link

pytestmark = pytest.mark.django_db


def test_a_yes_is_noted_once_and_starts_nothing(event, started):
    registration = RegistrationFactory(event=event, confirmed=True)
    h = link(registration, Purpose.COME)

    first, second = door.come(h, True), door.come(h, True)

    assert first == (registration.pk, event.pk, "confirmed", "", True, 0)
    assert second == first._replace(changed=False)
    registration.refresh_from_db()
    assert registration.comes_at is not None
    assert counted(event) == (1, 0)
    assert not started


def test_a_no_gives_the_seat_to_the_next(event, started):
    registration = RegistrationFactory(event=event, confirmed=True)
    h = link(registration, Purpose.COME)

    first, second = door.come(h, False), door.come(h, False)

    assert first == (registration.pk, event.pk, "cancelled", "", True, 0)
    assert second == first._replace(changed=False)
    assert counted(event) == (0, 0)
    assert started == [("events.registration_cancelled", registration.pk), ("events.seat_freed", event.pk)]


def test_who_said_yes_can_still_say_no(event):
    h = link(RegistrationFactory(event=event, confirmed=True), Purpose.COME)
    door.come(h, True)

    assert door.come(h, False).status == "cancelled"
    assert door.come(h, True) == door.come(h, False)
    assert counted(event) == (0, 0)


@pytest.mark.parametrize("trait", ["waiting", "offered"])
def test_who_has_no_seat_yet_has_nothing_to_say(event, trait, started):
    registration = RegistrationFactory(event=event, **{trait: True})

    assert not door.come(link(registration, Purpose.COME), False).changed
    assert not started


def test_of_a_cancelled_event_there_is_nothing_to_say():
    registration = RegistrationFactory(event=EventFactory(cancelled=True), confirmed=True)

    outcome = door.come(link(registration, Purpose.COME), False)

    assert (outcome.status, outcome.reason, outcome.changed) == ("confirmed", Refusal.EVENT_CANCELLED, False)
