"""A click on the confirming button takes a seat, or the last place in the queue."""

import pytest

from events import door
from events.models import Refusal
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import counted, link

pytestmark = pytest.mark.django_db


def test_confirming_takes_a_seat_and_starts_the_mail(event, started):
    registration = RegistrationFactory(event=event)

    outcome = door.confirm(link(registration, Purpose.CONFIRM))

    assert outcome == (registration.pk, event.pk, "confirmed", "", True, 0)
    assert started == [("events.registration_confirmed", registration.pk)]
    assert counted(event) == (1, 0)
    registration.refresh_from_db()
    assert registration.confirmed_at is not None
    assert registration.queue_number is None


def test_confirming_when_full_takes_the_last_place_in_the_queue(full_event):
    RegistrationFactory(event=full_event, waiting=True)
    registration = RegistrationFactory(event=full_event)

    outcome = door.confirm(link(registration, Purpose.CONFIRM))

    assert (outcome.status, outcome.place, outcome.changed) == ("waiting", 2, True)
    assert counted(full_event) == (1, 2)
    registration.refresh_from_db()
    assert registration.queue_number == 2


def test_a_freed_seat_is_not_for_whoever_confirms_before_it_is_offered(full_event):
    RegistrationFactory(event=full_event, waiting=True)
    door.cancel(link(full_event.registrations.confirmed().get(), Purpose.MANAGE))

    outcome = door.confirm(link(RegistrationFactory(event=full_event), Purpose.CONFIRM))

    assert (outcome.status, outcome.place) == ("waiting", 2)
    assert counted(full_event) == (0, 2)


def test_a_second_click_gets_the_same_answer_and_starts_nothing(full_event, started):
    h = link(RegistrationFactory(event=full_event), Purpose.CONFIRM)
    first = door.confirm(h)

    second = door.confirm(h)

    assert second == first._replace(changed=False)
    assert len(started) == 1
    assert counted(full_event) == (1, 1)


def test_a_person_who_is_registered_already_gets_an_answer_and_no_second_seat(event, started):
    RegistrationFactory(event=event, confirmed=True, name="Åse Østergård", email="ase@example.org")
    again = RegistrationFactory(event=event, name="aase oestergaard", email="Ase@Example.ORG")

    outcome = door.confirm(link(again, Purpose.CONFIRM))

    assert outcome == (again.pk, event.pk, "pending", Refusal.ALREADY_REGISTERED, False, 0)
    assert counted(event) == (1, 0)
    assert not started


def test_two_people_may_share_a_mailbox(event):
    RegistrationFactory(event=event, confirmed=True, name="Ana", email="post@example.org")

    assert door.confirm(
        link(RegistrationFactory(event=event, name="Ben", email="post@example.org"), "confirm")
    ).changed


def test_who_cancelled_can_come_again(event):
    first = RegistrationFactory(event=event, confirmed=True, name="Ana", email="ana@example.org")
    door.cancel(link(first, Purpose.MANAGE))

    again = RegistrationFactory(event=event, name="Ana", email="ana@example.org")

    assert door.confirm(link(again, Purpose.CONFIRM)).status == "confirmed"
    assert counted(event) == (1, 0)


@pytest.mark.parametrize(
    ("trait", "reason"),
    [
        ("cancelled", Refusal.EVENT_CANCELLED),
        ("draft", Refusal.EVENT_CANCELLED),
        ("past", Refusal.STARTED),
        ("closed", Refusal.CLOSED),
    ],
)
def test_an_event_that_closed_meanwhile_gives_its_reason(trait, reason, started):
    event = EventFactory(**{trait: True})
    registration = RegistrationFactory(event=event)

    outcome = door.confirm(link(registration, Purpose.CONFIRM))

    assert outcome == (registration.pk, event.pk, "pending", reason, False, 0)
    assert counted(event) == (0, 0)
    assert not started
