"""Many at once, with real transactions on connections of their own: no seat is given twice, no place skipped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from events import door
from events.door import orm, sql
from events.models import Registration, SeatCounter
from events.services import tokens, waiting_list
from events.services.planning import cancel_event
from events.services.registering import propose, register_by_officer
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

Status = Registration.Status
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[orm, pytest.param(sql, marks=pytest.mark.postgresql)], ids=["orm", "sql"], autouse=True)
def backend(request, monkeypatch, started):
    monkeypatch.setattr(door, "backend", lambda: request.param)


def at_once(*calls):
    """Run all calls in threads that start together; their results, in order. An exception in one fails the test."""
    together = Barrier(len(calls))

    def run(call):
        connection.ensure_connection()
        together.wait(timeout=30)
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def call(function, *args, **kwargs):
    return lambda: function(*args, **kwargs)


def link(registration, purpose):
    return tokens.digest(tokens.issue(registration, purpose))


def assert_counted(event):
    counter = SeatCounter.objects.get(event=event)
    rows = event.registrations
    assert counter.taken == rows.confirmed().count() + rows.offered().count() <= counter.capacity
    assert counter.waiting == rows.waiting().count()
    numbers = list(rows.exclude(queue_number=None).values_list("queue_number", flat=True))
    assert sorted(numbers) == list(range(1, counter.last_queue_number + 1))
    return counter


def test_forty_for_ten_seats_ten_get_one_and_thirty_wait_in_order(started):
    event = EventFactory(seats=10)
    people = [{"name": f"Gæst {n}", "email": f"gaest{n}@example.org"} for n in range(40)]
    now = timezone.now()

    registrations = at_once(*[call(propose, event, person, language="da", now=now) for person in people])
    links = [link(registration, "confirm") for registration in registrations]
    outcomes = at_once(*[call(door.confirm, h) for h in links])

    statuses = [outcome.status for outcome in outcomes]
    assert (statuses.count("confirmed"), statuses.count("waiting")) == (10, 30)
    assert all(outcome.changed for outcome in outcomes)
    assert sorted(event.registrations.waiting().values_list("queue_number", flat=True)) == list(range(1, 31))
    counter = assert_counted(event)
    assert (counter.taken, counter.waiting) == (10, 30)
    assert sum(name == "events.registration_confirmed" for name, _ in started) == 40


def test_a_double_click_takes_one_seat_and_one_place(started):
    event = EventFactory(seats=5)
    links = [link(registration, "confirm") for registration in RegistrationFactory.create_batch(10, event=event)]
    started.clear()

    outcomes = at_once(*[call(door.confirm, h) for h in links for _ in range(3)])

    assert sum(outcome.changed for outcome in outcomes) == 10
    assert {outcome.registration_id for outcome in outcomes if outcome.status == "waiting"} == set(
        event.registrations.waiting().values_list("pk", flat=True)
    )
    assert assert_counted(event).waiting == 5
    assert len(started) == 10


def test_one_person_who_confirms_ten_proposals_at_once_is_registered_once():
    event = EventFactory(seats=5)
    same = RegistrationFactory.create_batch(10, event=event, name="Ana", email="ana@example.org")

    outcomes = at_once(*[call(door.confirm, link(registration, "confirm")) for registration in same])

    assert sorted(outcome.reason for outcome in outcomes) == ["", *["already_registered"] * 9]
    assert assert_counted(event).taken == 1


def test_cancelling_confirming_offering_and_phoning_at_once_keep_the_count():
    event = EventFactory(seats=8, registered=8, waiting=6)
    leaving = [link(registration, "manage") for registration in event.registrations.live()[:10]]
    coming = [link(registration, "confirm") for registration in RegistrationFactory.create_batch(8, event=event)]
    officer, now = OfficerFactory(), timezone.now()

    at_once(
        *[call(door.cancel, h) for h in leaving for _ in range(2)],
        *[call(door.confirm, h) for h in coming],
        *[call(waiting_list.offer_free_seats, event, now=now) for _ in range(4)],
        *[call(register_by_officer, event, {"name": f"Ring {n}"}, officer=officer, now=now) for n in range(4)],
    )
    waiting_list.offer_free_seats(event, now=now)

    counter = assert_counted(event)
    assert counter.taken == 8
    first_waiting = event.registrations.waiting().first()
    last_offered = event.registrations.offered().order_by("queue_number").last()
    assert first_waiting.queue_number > last_offered.queue_number


def test_an_offer_that_is_accepted_declined_and_lapses_at_once_ends_in_one_way():
    event = EventFactory(seats=6)
    offered = RegistrationFactory.create_batch(6, event=event, offered=True)
    links = [link(registration, "offer") for registration in offered]
    later = offered[0].offer_expires_at + timedelta(days=1)

    at_once(
        *[call(door.offer, h, True) for h in links],
        *[call(door.offer, h, False) for h in links],
        *[call(waiting_list.expire_offers, later) for _ in range(2)],
    )

    assert set(event.registrations.values_list("status", flat=True)) <= {"confirmed", "declined", "expired"}
    assert_counted(event)


def test_whoever_gets_a_seat_while_the_event_is_called_off_is_among_those_who_are_told():
    event = EventFactory(seats=20)
    links = [link(registration, "confirm") for registration in RegistrationFactory.create_batch(10, event=event)]
    officer = OfficerFactory()

    def call_off():
        cancel_event(event, officer=officer, now=timezone.now())
        return set(event.registrations.live().values_list("pk", flat=True))

    *outcomes, told = at_once(*[call(door.confirm, h) for h in links], call_off)

    assert {outcome.registration_id for outcome in outcomes if outcome.status == "confirmed"} == told
    assert {outcome.reason for outcome in outcomes if outcome.status == "pending"} <= {"event_cancelled"}
    assert assert_counted(event).taken == len(told)
