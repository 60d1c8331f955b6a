"""One contract for both backends of the door: the ORM, and on PostgreSQL the five functions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import door
from events.door import orm, sql
from events.models import Event, Refusal, Registration, RegistrationToken
from events.services import tokens
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

Status = Registration.Status
pytestmark = pytest.mark.django_db


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


# Looking


def test_a_link_shows_the_registration_and_its_event(event):
    registration = RegistrationFactory(event=event, needs="Tegnsprog", organisation="Foreningen Æble")

    seen = door.view(link(registration, Purpose.CONFIRM))

    assert seen[:5] == (registration.pk, "confirm", "pending", registration.name, registration.email)
    assert seen[5:10] == ("Foreningen Æble", "", "Tegnsprog", "da", None)
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
    ],
)
def test_a_link_serves_one_purpose(event, purpose, act, started):
    registration = RegistrationFactory(event=event, offered=True)

    assert ACTIONS[act](link(registration, purpose)) is None
    assert not started


# Confirming


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


# Cancelling


@pytest.mark.parametrize("state", ["confirmed", "offered", "waiting"])
def test_cancelling_gives_back_what_was_held(full_event, state, started):
    full_event.seats.capacity = 2
    full_event.seats.save()
    registration = RegistrationFactory(event=full_event, **{state: True})

    outcome = door.cancel(link(registration, Purpose.MANAGE))

    assert outcome == (registration.pk, full_event.pk, "cancelled", "", True, 0)
    assert counted(full_event) == (1, 0)
    assert started == [
        ("events.registration_cancelled", registration.pk),
        ("events.seat_freed", full_event.pk),
    ]
    registration.refresh_from_db()
    assert registration.cancelled_at is not None


def test_cancelling_twice_frees_one_seat(event, started):
    RegistrationFactory(event=event, confirmed=True)
    h = link(RegistrationFactory(event=event, confirmed=True), Purpose.MANAGE)
    door.cancel(h)
    started.clear()

    outcome = door.cancel(h)

    assert (outcome.status, outcome.changed) == ("cancelled", False)
    assert counted(event) == (1, 0)
    assert not started


@pytest.mark.parametrize(("trait", "reason"), [("past", Refusal.STARTED), ("cancelled", Refusal.EVENT_CANCELLED)])
def test_an_event_that_is_over_or_off_can_not_be_cancelled(trait, reason):
    event = EventFactory(**{trait: True})
    registration = RegistrationFactory(event=event, confirmed=True)

    outcome = door.cancel(link(registration, Purpose.MANAGE))

    assert outcome == (registration.pk, event.pk, "confirmed", reason, False, 0)
    assert counted(event) == (1, 0)


def test_one_can_cancel_after_registration_has_closed():
    registration = RegistrationFactory(event=EventFactory(closed=True), confirmed=True)

    assert door.cancel(link(registration, Purpose.MANAGE)).changed


# Correcting


def test_a_registrant_changes_what_they_told(event, started):
    registration = RegistrationFactory(event=event, confirmed=True, name="Ana", role="Formand")

    outcome = door.answer(
        link(registration, Purpose.MANAGE),
        {"organisation": "Æblehaven", "needs": "Plads til kørestol", "name": "Mallory", "status": "cancelled"},
    )

    registration.refresh_from_db()
    assert outcome.changed
    assert (registration.organisation, registration.role, registration.needs) == (
        "Æblehaven",
        "Formand",
        "Plads til kørestol",
    )
    assert (registration.name, registration.status) == ("Ana", "confirmed")
    assert not started


def test_an_answer_that_is_too_long_is_cut(event):
    registration = RegistrationFactory(event=event, confirmed=True)

    door.answer(link(registration, Purpose.MANAGE), {"organisation": "o" * 999, "role": "r" * 999, "needs": "n" * 999})

    registration.refresh_from_db()
    assert [len(registration.organisation), len(registration.role), len(registration.needs)] == [140, 140, 500]


def test_a_cancelled_registration_takes_no_answers(event):
    registration = RegistrationFactory(event=event, status=Status.CANCELLED)

    outcome = door.answer(link(registration, Purpose.MANAGE), {"needs": "x"})

    registration.refresh_from_db()
    assert (outcome.changed, registration.needs) == (False, "")


# Answering an offer


def test_accepting_an_offer_keeps_the_seat(event, started):
    registration = RegistrationFactory(event=event, offered=True)
    h = link(registration, Purpose.OFFER)

    first, second = door.offer(h, True), door.offer(h, True)

    assert first == (registration.pk, event.pk, "confirmed", "", True, 0)
    assert second == first._replace(changed=False)
    assert counted(event) == (1, 0)
    assert started == [("events.registration_confirmed", registration.pk)]


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
