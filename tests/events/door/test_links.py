"""What a personal link shows, and what it does not do."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import door
from events.models import Event, Registration, RegistrationToken
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import counted, link

Status = Registration.Status
pytestmark = pytest.mark.django_db


def test_a_link_shows_the_registration_and_its_event(event):
    registration = RegistrationFactory(event=event, needs="Tegnsprog", organisation="Foreningen Æble")

    seen = door.view(link(registration, Purpose.CONFIRM))

    assert seen[:5] == (registration.pk, "confirm", "pending", registration.name, registration.email)
    assert seen[5:14] == ("Foreningen Æble", "", "Tegnsprog", "in_person", "", "", "", "da", None)
    assert seen.event == event
    assert vars(seen.event).keys() >= {field.attname for field in Event._meta.concrete_fields}
    assert [getattr(seen.event, f.attname) for f in Event._meta.concrete_fields] == [
        getattr(Event.objects.get(), f.attname) for f in Event._meta.concrete_fields
    ]


def test_the_event_of_an_invitation_is_shown_to_its_guest(db):
    registration = RegistrationFactory(event=EventFactory(by_invitation=True), confirmed=True)

    assert door.view(link(registration, Purpose.MANAGE)).event.venue_name == "Foreningshuset Åen"


def test_the_place_in_the_queue_counts_those_who_still_stand_before(full_event):
    first, second, third = RegistrationFactory.create_batch(3, event=full_event, waiting=True)
    assert door.view(link(third, Purpose.MANAGE)).place == 3

    door.cancel(link(second, Purpose.MANAGE))

    assert door.view(link(third, Purpose.MANAGE)).place == 2
    assert door.view(link(first, Purpose.MANAGE)).place == 1


@pytest.mark.parametrize(
    ("purpose", "state"),
    [
        (Purpose.CONFIRM, {"confirmed": True}),
        (Purpose.CONFIRM, {"waiting": True}),
        (Purpose.OFFER, {"confirmed": True, "offer_expires_at": timezone.now() + timedelta(days=1)}),
        (Purpose.OFFER, {"status": Status.EXPIRED, "offer_expires_at": timezone.now() + timedelta(days=1)}),
    ],
)
def test_a_used_link_shows_nothing(event, purpose, state):
    assert door.view(link(RegistrationFactory(event=event, **state), purpose)) is None


def test_a_manage_link_shows_what_has_been_cancelled(event):
    registration = RegistrationFactory(event=event, confirmed=True)
    h = link(registration, Purpose.MANAGE)

    door.cancel(h)

    assert door.view(h).status == Status.CANCELLED


ACTIONS = {
    "view": lambda h: door.view(h),
    "confirm": lambda h: door.confirm(h),
    "cancel": lambda h: door.cancel(h),
    "answer": lambda h: door.answer(h, {"needs": "x"}),
    "accept": lambda h: door.offer(h, True),
    "decline": lambda h: door.offer(h, False),
    "come": lambda h: door.come(h, True),
    "stay away": lambda h: door.come(h, False),
}


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
@pytest.mark.parametrize("h", ["", "x", "0" * 64, "æ" * 64, "' or true --"])
def test_an_unknown_link_does_nothing_at_all(event, act, h, started):
    RegistrationFactory(event=event, confirmed=True)

    assert act(h) is None
    assert counted(event) == (1, 0)
    assert not started


@pytest.mark.parametrize("act", ACTIONS.values(), ids=ACTIONS)
@pytest.mark.parametrize("purpose", Purpose.values)
def test_an_expired_link_does_nothing_at_all(event, act, purpose, started):
    registration = RegistrationFactory(event=event, offered=True)
    h = link(registration, purpose)
    RegistrationToken.objects.update(expires_at=timezone.now() - timedelta(hours=1))

    assert act(h) is None
    assert counted(event) == (1, 0)
    assert not started


@pytest.mark.parametrize(
    ("purpose", "act"),
    [
        ("confirm", "cancel"),
        ("confirm", "answer"),
        ("confirm", "accept"),
        ("manage", "confirm"),
        ("manage", "accept"),
        ("offer", "confirm"),
        ("offer", "cancel"),
        ("offer", "answer"),
        ("manage", "come"),
        ("offer", "stay away"),
        ("come", "cancel"),
    ],
)
def test_a_link_serves_one_purpose(event, purpose, act, started):
    registration = RegistrationFactory(event=event, offered=True)

    assert ACTIONS[act](link(registration, purpose)) is None
    assert not started
