"""Seats per way to take part, and seats held for a kind of partner: who gets which, and who waits."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from events import door
from events.models import HeldSeats, Registration, SeatCounter
from events.services import capacity, planning, registering, tokens, waiting_list
from events.services.capacity import SeatPlan, TooFewSeats
from events.services.reconcile import differences
from tests.events.factories import EventFactory, RegistrationFactory

Status = Registration.Status
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]


def planned(seats, **facts):
    """An event that takes place in both ways, with these seats."""
    event = EventFactory(attendance="both", seats=0, **facts)
    capacity.resize(event, seats, officer=event.owner)
    return event


def held(seats, **kinds):
    return SeatPlan(seats, held=kinds, release_at=timezone.now() + timedelta(days=3))


def come(event, mode="in_person", kind=""):
    """Somebody registers and confirms; what became of it."""
    registration = RegistrationFactory(event=event, mode=mode, partner_kind=kind)
    door.confirm(tokens.digest(tokens.issue(registration, "confirm")))
    registration.refresh_from_db()
    assert differences(event) == []
    return registration


def leave(registration):
    door.cancel(tokens.digest(tokens.issue(registration, "manage")))
    assert differences(registration.event) == []


def test_a_full_hall_leaves_the_seats_online_to_whoever_wants_them():
    event = planned(SeatPlan(3, in_person=1))

    first, second, online = come(event), come(event), come(event, "online")

    assert [first.status, second.status, online.status] == ["confirmed", "waiting", "confirmed"]


def test_the_whole_binds_both_ways():
    event = planned(SeatPlan(2))

    statuses = [come(event).status, come(event, "online").status, come(event, "online").status, come(event).status]

    assert statuses == ["confirmed", "confirmed", "waiting", "waiting"]


def test_a_seat_freed_in_the_hall_goes_past_those_who_wait_online():
    event = planned(SeatPlan(2, in_person=1, online=1))
    here, _there = come(event), come(event, "online")
    waits_online, waits_here = come(event, "online"), come(event)

    leave(here)

    assert waiting_list.offer_free_seats(event, now=timezone.now()) == [waits_here.pk]
    waits_online.refresh_from_db()
    assert (waits_online.status, waits_online.place) == ("waiting", 1)


def test_a_freed_seat_is_not_for_whoever_comes_online_when_one_in_the_hall_could_have_it():
    event = planned(SeatPlan(1))
    here = come(event)
    come(event)
    leave(here)

    assert come(event, "online").status == "waiting"


def test_held_seats_go_to_their_kind_and_to_nobody_else():
    event = planned(held(2, housing=1))

    statuses = [come(event).status, come(event).status, come(event, kind="faith").status, come(event, kind="housing")]

    assert statuses[:3] == ["confirmed", "waiting", "waiting"]
    assert (statuses[3].status, statuses[3].held_seats.kind) == ("confirmed", "housing")


def test_their_kind_takes_the_held_seats_first_and_then_those_for_everybody():
    event = planned(held(3, housing=1))

    pools = [come(event, kind="housing").held_seats_id is not None for _ in range(2)]

    assert pools == [True, False]
    assert come(event).status == "confirmed"


def test_a_held_seat_given_back_is_held_again():
    event = planned(held(2, housing=1))
    come(event)
    leave(come(event, kind="housing"))

    assert come(event).status == "waiting"
    assert come(event, kind="housing").status == "confirmed"


def test_the_longest_waiting_of_a_kind_gets_the_seat_held_for_it():
    event = planned(held(1, faith=1))
    first = come(event, kind="faith")
    _anybody, imam, later = come(event), come(event, kind="faith"), come(event, kind="faith")

    leave(first)

    assert come(event, kind="faith").status == "waiting"
    assert waiting_list.offer_free_seats(event, now=timezone.now()) == [imam.pk]
    later.refresh_from_db()
    assert later.status == "waiting"


def test_what_is_left_when_the_time_is_up_is_offered_in_the_order_of_the_queue(started):
    event = planned(held(3, housing=2))
    come(event)
    waiting = [come(event), come(event, kind="research")]
    started.clear()

    assert waiting_list.release_held_seats(timezone.now() + timedelta(days=2)) == 0
    assert waiting_list.release_held_seats(timezone.now() + timedelta(days=4)) == 2
    assert waiting_list.release_held_seats(timezone.now() + timedelta(days=4)) == 0

    assert started == [("events.seat_freed", event.pk)]
    assert waiting_list.offer_free_seats(event, now=timezone.now()) == [row.pk for row in waiting]
    assert differences(event) == []


def test_a_released_seat_that_comes_back_is_everybodys():
    event = planned(held(1, housing=1))
    first = come(event, kind="housing")
    waiting_list.release_held_seats(timezone.now() + timedelta(days=4))

    leave(first)

    assert come(event).status == "confirmed"


@pytest.mark.parametrize(
    ("plan", "where", "least"),
    [
        (SeatPlan(1), "capacity", 3),
        (SeatPlan(9, in_person=1), "in_person", 2),
        (SeatPlan(9, online=0), "online", 1),
        (SeatPlan(3, held={"faith": 1}, release_at=timezone.now()), "capacity", 4),
    ],
)
def test_no_plan_takes_a_seat_from_anybody(plan, where, least):
    event = planned(SeatPlan(9))
    for mode in ("in_person", "in_person", "online"):
        come(event, mode)
    before = capacity.current(event)

    with pytest.raises(TooFewSeats) as refused, transaction.atomic():
        capacity.resize(event, plan, officer=event.owner)

    assert (refused.value.where, refused.value.least) == (where, least)
    assert capacity.current(event) == before


def test_fewer_held_seats_than_their_kind_has_taken_are_refused():
    event = planned(held(5, housing=3))
    for _ in range(2):
        come(event, kind="housing")

    with pytest.raises(TooFewSeats) as refused, transaction.atomic():
        capacity.resize(event, held(5, housing=1), officer=event.owner)

    assert (refused.value.where, refused.value.least) == ("housing", 2)


def test_holding_none_any_more_leaves_the_seats_to_everybody():
    event = planned(held(2, housing=2))
    come(event, kind="housing")

    capacity.resize(event, SeatPlan(2), officer=event.owner)

    assert come(event).status == "confirmed"


def test_an_event_that_moves_online_takes_everybody_along():
    event = planned(SeatPlan(3, in_person=2, online=1))
    here, there, waits = come(event), come(event, "online"), come(event, "online")

    planning.change(event, {"attendance": "online"}, officer=event.owner, now=timezone.now())

    assert {row.mode for row in event.registrations.all()} == {"online"}
    assert {here.status, there.status, waits.status} == {"confirmed", "waiting"}
    assert differences(event) == []


def test_the_database_refuses_to_hold_what_is_taken():
    event = EventFactory(seats=2, registered=2)

    with pytest.raises(IntegrityError), transaction.atomic():
        SeatCounter.objects.filter(event=event).update(held=1)


def test_an_applicant_holds_nothing_until_an_officer_says_yes(started):
    event = EventFactory(seats=1, needs_approval=True)
    first, second = come(event), come(event)
    assert [first.status, second.status] == ["applied", "applied"]
    started.clear()

    registering.approve(first, officer=event.owner, now=timezone.now())
    again = registering.approve(first, officer=event.owner, now=timezone.now())
    registering.approve(second, officer=event.owner, now=timezone.now())

    assert not again.changed
    statuses = event.registrations.order_by("created_at").values_list("status", flat=True)
    assert list(statuses) == ["confirmed", "waiting"]
    assert started == [("events.registration_confirmed", row.pk) for row in (first, second)]


def test_a_no_has_its_reason_and_frees_nothing(started):
    event = EventFactory(seats=1, needs_approval=True)
    applied = come(event)
    started.clear()

    registering.refuse(applied, "Mødet er for boligsociale.", officer=event.owner, now=timezone.now())

    applied.refresh_from_db()
    assert (applied.status, applied.answer) == ("refused", "Mødet er for boligsociale.")
    assert started == [("events.registration_refused", applied.pk)]
    assert differences(event) == []


def test_who_applied_can_think_better_of_it(started):
    event = EventFactory(needs_approval=True)
    applied = come(event)

    leave(applied)

    applied.refresh_from_db()
    assert applied.status == "cancelled"
    assert not registering.approve(applied, officer=event.owner, now=timezone.now()).changed


def test_the_command_finds_what_is_wrong_and_mends_it():
    event = planned(held(5, housing=2))
    come(event, kind="housing")
    SeatCounter.objects.filter(event=event).update(taken=3, in_person_taken=3)
    HeldSeats.objects.filter(event=event).update(taken=0)

    out = StringIO()
    with pytest.raises(CommandError, match="3 numbers are wrong"):
        call_command("reconcile_seats", stdout=out)
    assert f"{event.pk}: taken says 3, it is 1" in out.getvalue()
    call_command("reconcile_seats", mend=True, stdout=out)

    assert differences(event) == []
    call_command("reconcile_seats", stdout=out)


def test_who_waits_beside_seats_that_are_held_reads_until_when(client):
    event = planned(held(3, housing=2))
    come(event)
    waits = come(event)

    page = client.get(tokens.link(waits, tokens.Purpose.MANAGE)).content.decode()

    assert waits.status == "waiting"
    assert "2 pladser holdes til" in page and "derefter er de for alle på listen." in page
