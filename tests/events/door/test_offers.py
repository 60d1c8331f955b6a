"""A seat offered from the waiting list is accepted or declined."""

import pytest

from events import door
from events.models import Refusal
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import counted, link

pytestmark = pytest.mark.django_db


def test_accepting_an_offer_keeps_the_seat(event, started):
    registration = RegistrationFactory(event=event, offered=True)
    h = link(registration, Purpose.OFFER)

    first, second = door.offer(h, True), door.offer(h, True)

    assert first == (registration.pk, event.pk, "confirmed", "", True, 0)
    assert second == first._replace(changed=False)
    assert counted(event) == (1, 0)
    assert started == [("events.registration_confirmed", registration.pk)]


def test_accepting_an_offer_says_that_one_comes(event, started):
    registration = RegistrationFactory(event=event, offered=True)

    door.offer(link(registration, Purpose.OFFER), True)

    registration.refresh_from_db()
    assert registration.comes_at is not None


def test_declining_an_offer_frees_the_seat_for_the_next(event, started):
    registration = RegistrationFactory(event=event, offered=True)
    h = link(registration, Purpose.OFFER)

    first, second = door.offer(h, False), door.offer(h, False)

    assert first == (registration.pk, event.pk, "declined", "", True, 0)
    assert second == first._replace(changed=False)
    assert counted(event) == (0, 0)
    assert started == [("events.seat_freed", event.pk)]


def test_who_accepted_can_not_decline_by_the_same_link(event):
    h = link(RegistrationFactory(event=event, offered=True), Purpose.OFFER)
    door.offer(h, True)

    assert door.offer(h, False)[2:5] == ("confirmed", "", False)
    assert counted(event) == (1, 0)


def test_an_offer_stands_when_registration_has_closed():
    registration = RegistrationFactory(event=EventFactory(closed=True), offered=True)

    assert door.offer(link(registration, Purpose.OFFER), True).changed


def test_an_offer_of_a_cancelled_event_can_not_be_accepted(started):
    registration = RegistrationFactory(event=EventFactory(cancelled=True), offered=True)

    outcome = door.offer(link(registration, Purpose.OFFER), True)

    assert (outcome.status, outcome.reason, outcome.changed) == ("offered", Refusal.EVENT_CANCELLED, False)
    assert not started
