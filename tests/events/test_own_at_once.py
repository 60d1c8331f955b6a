"""Many presses at once on what registrants do by themselves: one seat stays one seat."""

import pytest

from events import door
from events.door import orm, own, sql
from events.door.own import orm as own_orm
from events.door.own import sql as own_sql
from events.models import Registration, SeatCounter
from events.services.reconcile import differences
from tests.events.factories import EventFactory, RegistrationFactory
from tests.events.test_concurrency import at_once, call, link

Status = Registration.Status
pytestmark = pytest.mark.django_db(transaction=True)
BO = {"name": "Bo Lind", "email": "bo@example.org", "language": "da"}


@pytest.fixture(
    params=[(orm, own_orm), pytest.param((sql, own_sql), marks=pytest.mark.postgresql)],
    ids=["orm", "sql"],
    autouse=True,
)
def backend(request, monkeypatch, started):
    for module, chosen in zip((door, own), request.param, strict=True):
        monkeypatch.setattr(module, "backend", lambda chosen=chosen: chosen)


def test_two_yeses_a_cancellation_and_a_change_of_mind_leave_one_seat_or_none(started):
    event = EventFactory(seats=1)
    ana = RegistrationFactory(event=event, confirmed=True, name="Ana")
    manage = link(ana, "manage")
    made = Registration.objects.get(pk=own.swap(manage, BO).registration_id)
    take = link(made, "swap")

    at_once(
        *[call(own.take_over, take, True)] * 3,
        *[call(door.cancel, manage), call(own.end_swap, manage), call(door.cancel, manage)],
    )

    seated = Registration.objects.seated().count()
    assert seated <= 1
    assert SeatCounter.objects.get(event=event).taken == seated
    assert differences(event) == []
    told = [name for name, *_ in started]
    assert told.count("events.seat_swapped") + told.count("events.registration_cancelled") == 1


def test_one_seat_is_offered_to_one_however_often_the_button_is_pressed():
    event = EventFactory(seats=1)
    manage = link(RegistrationFactory(event=event, confirmed=True, name="Ana"), "manage")
    others = [{**BO, "name": f"Bo {number}", "email": f"bo{number}@example.org"} for number in range(6)]

    outcomes = at_once(*[call(own.swap, manage, other) for other in others])

    assert [outcome.changed for outcome in outcomes].count(True) == 1
    assert Registration.objects.open_swaps().count() == 1


def test_twelve_who_want_one_of_four_seats_online_get_four():
    event = EventFactory(seats=12, attendance="both")
    rows = [RegistrationFactory(event=event, confirmed=True) for _ in range(12)]
    SeatCounter.objects.filter(event=event).update(online_capacity=4)
    links = [link(row, "manage") for row in rows]

    outcomes = at_once(*[call(own.choose_mode, h, "online", waits=True) for h in links])

    assert [outcome.reason for outcome in outcomes].count("") == 4
    assert SeatCounter.objects.get(event=event).online_taken == 4
    assert Registration.objects.wishing(event).count() == 8
    assert differences(event) == []
