"""Giving one's seat to a colleague: they say yes in time or the seat stays, and no counter moves."""

import json
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils import timezone

from events import door
from events.door import own
from events.models import Event, HeldSeats, Refusal, Registration, SeatCounter
from events.services import coming, planning, registering, swapping
from events.services.reconcile import differences
from events.services.tokens import Purpose
from tests.events.asked import asked
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import link

Status = Registration.Status
pytestmark = pytest.mark.django_db
BO = {"name": "Bo Lind", "email": "bo@example.org", "organisation": "Ny", "language": "da"}


def managed(registration):
    return link(registration, Purpose.MANAGE)


@pytest.fixture
def offered(ana):
    """Bo, who has been offered Ana's seat."""
    return Registration.objects.get(pk=own.swap(managed(ana), BO).registration_id)


def swap_link(registration):
    return link(registration, Purpose.SWAP)


def test_a_colleague_is_offered_the_seat_and_holds_nothing_yet(both, ana, started):
    outcome = own.swap(managed(ana), {**BO, "partner_kind": ""})

    made = Registration.objects.get(pk=outcome.registration_id)
    assert (made.status, made.proposed_by, made.replaces, made.consent_at) == ("pending", "Ana Ærø", ana, None)
    assert abs(made.offer_expires_at - timezone.now() - timedelta(hours=48)) < timedelta(minutes=1)
    assert started == [("events.swap_offered", made.pk)]
    assert differences(both) == []
    told = own.own(managed(ana)).swap
    assert (told.name, told.email, told.until) == ("Bo Lind", "bo@example.org", made.offer_expires_at)


def test_one_seat_is_offered_to_one_colleague_at_a_time(ana, offered):
    assert not own.swap(managed(ana), {**BO, "name": "Cil", "email": "cil@example.org"}).changed
    assert Registration.objects.filter(replaces=ana).count() == 1


def test_a_seat_is_not_offered_to_whoever_has_it(ana):
    assert not own.swap(managed(ana), {**BO, "name": "ANA ÆRØ", "email": "Ana@example.org"}).changed


@pytest.mark.parametrize("state", ["waiting", "offered"])
def test_only_a_seat_can_be_given_away(both, state):
    registration = RegistrationFactory(event=both, **{state: True})

    assert not own.swap(managed(registration), BO).changed


def test_the_colleague_takes_the_seat_and_no_counter_moves(both, ana, offered, started):
    own.choose_mode(managed(ana), "online")
    before = SeatCounter.objects.values().get(event=both)
    started.clear()

    outcome = own.take_over(swap_link(offered), True)

    assert (outcome.status, outcome.reason, outcome.changed) == ("confirmed", "", True)
    ana.refresh_from_db()
    offered.refresh_from_db()
    assert (ana.status, offered.mode) == ("swapped", "online")
    assert offered.consent_at is not None
    assert SeatCounter.objects.values().get(event=both) == before
    assert differences(both) == []
    assert started == [("events.seat_swapped", offered.pk), ("events.registration_confirmed", offered.pk)]
    assert not own.take_over(swap_link(offered), True).changed


def test_a_colleague_who_says_no_leaves_the_seat_where_it_is(both, ana, offered, started):
    started.clear()

    assert own.take_over(swap_link(offered), False).status == "declined"
    assert not own.take_over(swap_link(offered), True).changed

    ana.refresh_from_db()
    assert ana.status == "confirmed"
    assert started == [("events.swap_ended", offered.pk)]
    assert own.own(managed(ana)).swap is None


def test_a_seat_given_up_meanwhile_is_not_there_to_take_over(ana, offered):
    door.cancel(managed(ana))

    outcome = own.take_over(swap_link(offered), True)

    assert (outcome.reason, outcome.changed) == (Refusal.SEAT_GONE, False)


def test_a_colleague_with_a_seat_of_their_own_takes_no_second(both, ana, offered):
    RegistrationFactory(event=both, confirmed=True, name="bo lind", email="bo@example.org")

    assert own.take_over(swap_link(offered), True).reason == Refusal.ALREADY_REGISTERED


def test_an_offer_that_is_taken_back_can_not_be_accepted(ana, offered):
    assert own.end_swap(managed(ana)).changed
    assert not own.end_swap(managed(ana)).changed

    assert not own.take_over(swap_link(offered), True).changed
    assert own.swap(managed(ana), BO).changed


def test_an_offer_nobody_answers_lapses_and_the_seat_stays(ana, offered, started):
    now = timezone.now()
    Registration.objects.filter(pk=offered.pk).update(offer_expires_at=now - timedelta(minutes=1))
    started.clear()

    assert swapping.expire(now) == 1
    assert swapping.expire(now) == 0

    assert own.take_over(swap_link(Registration.objects.get(pk=offered.pk)), True) is None
    assert started == [("events.swap_ended", offered.pk)]


def test_where_we_say_yes_to_each_the_seat_waits_for_our_yes(started):
    event = EventFactory(needs_approval=True)
    ana = RegistrationFactory(event=event, confirmed=True, name="Ana")
    offered = Registration.objects.get(pk=own.swap(managed(ana), BO).registration_id)

    assert own.take_over(swap_link(offered), True).status == "applied"
    ana.refresh_from_db()
    assert ana.status == "confirmed"
    assert own.own(managed(ana)).swap.waits_for_us

    offered.refresh_from_db()
    started.clear()
    assert registering.approve(offered, officer=event.owner, now=timezone.now()).status == "confirmed"
    ana.refresh_from_db()
    assert ana.status == "swapped"
    assert differences(event) == []
    assert started == [("events.seat_swapped", offered.pk), ("events.registration_confirmed", offered.pk)]


def test_our_no_to_a_colleague_leaves_the_seat_and_is_told(started):
    event = EventFactory(needs_approval=True)
    ana = RegistrationFactory(event=event, confirmed=True, name="Ana")
    offered = Registration.objects.get(pk=own.swap(managed(ana), BO).registration_id)
    own.take_over(swap_link(offered), True)
    started.clear()

    registering.refuse(offered, "Nej.", officer=event.owner, now=timezone.now())

    ana.refresh_from_db()
    assert ana.status == "confirmed"
    assert ("events.swap_ended", offered.pk) in started


def test_one_who_waits_for_our_yes_goes_on_waiting_when_the_offer_is_taken_back(started):
    event = EventFactory(needs_approval=True, seats=1)
    ana = RegistrationFactory(event=event, confirmed=True, name="Ana")
    offered = Registration.objects.get(pk=own.swap(managed(ana), BO).registration_id)
    own.take_over(swap_link(offered), True)

    assert own.end_swap(managed(ana)).changed

    offered.refresh_from_db()
    assert registering.approve(offered, officer=event.owner, now=timezone.now()).status == "waiting"
    ana.refresh_from_db()
    assert ana.status == "confirmed"


@pytest.mark.parametrize(("kind", "reason"), [("faith", Refusal.HELD), ("", Refusal.HELD), ("housing", "")])
def test_a_seat_held_for_a_kind_goes_to_that_kind_only(kind, reason):
    event = EventFactory(seats=2)
    pool = HeldSeats.objects.create(
        event=event, kind="housing", seats=1, taken=1, release_at=event.starts_at - timedelta(days=1)
    )
    ana = RegistrationFactory(event=event, confirmed=True, held_seats=pool, partner_kind="housing")

    outcome = own.swap(managed(ana), {**BO, "partner_kind": kind})

    assert (outcome.reason, outcome.changed) == (reason, not reason)
    assert own.own(managed(ana)).held_for == "housing"
    if outcome.changed:
        made = Registration.objects.get(pk=outcome.registration_id)
        Registration.objects.filter(pk=made.pk).update(partner_kind="faith")
        assert own.take_over(swap_link(made), True).reason == Refusal.HELD
        Registration.objects.filter(pk=made.pk).update(partner_kind="housing")
        assert own.take_over(swap_link(made), True).changed
        assert differences(event) == []


@pytest.mark.postgresql
def test_a_forged_row_of_a_colleague_holds_nothing(ana, both):
    forged = {"status": "confirmed", "queue_number": 1, "confirmed_at": "2026-01-01", "shown": "full", "answer": "x"}
    row = swapping.colleagues_row(BO) | forged | {"event_id": str(EventFactory().pk), "answers": {"1": "x"}}
    with connection.cursor() as cursor:
        told = json.dumps(row, cls=DjangoJSONEncoder)
        cursor.execute("select registration from door_swap(%s, %s::jsonb)", [managed(ana), told])
        made = Registration.objects.get(pk=cursor.fetchone()[0])

    assert (made.event, made.status, made.queue_number, made.confirmed_at) == (both, "pending", None, None)
    assert (made.shown, made.answer, made.answers) == ("hidden", "", {})


def test_whoever_takes_over_a_seat_has_just_said_that_they_come_and_the_other_is_asked_nothing_more(ana, offered):
    long_ago = timezone.now() - timedelta(days=3)
    asked(ana, long_ago)
    Event.objects.filter(pk=ana.event_id).update(asks_days_before=60, releases_days_before=40)
    come = link(ana, Purpose.COME)

    own.take_over(swap_link(offered), True)

    assert coming.release_silent(timezone.now()) == 0
    assert not door.come(come, False).changed
    offered.refresh_from_db()
    assert (offered.status, offered.asked_at) == (Status.CONFIRMED, None)
    assert not Registration.objects.unasked(Event.objects.get()).exists()


def test_a_seat_that_was_released_in_silence_is_not_there_to_take_over(both, ana, offered):
    asked(ana, timezone.now() - timedelta(days=3))
    Event.objects.filter(pk=ana.event_id).update(asks_days_before=60, releases_days_before=40)
    assert coming.release_silent(timezone.now()) == 1

    assert own.take_over(swap_link(offered), True).reason == Refusal.SEAT_GONE
    assert differences(both) == []


def test_a_move_to_a_day_that_is_near_leaves_a_colleague_until_the_start_to_answer(both, ana, offered):
    soon = timezone.now() + timedelta(hours=20)
    facts = {"starts_at": soon, "ends_at": soon + timedelta(hours=2)}
    planning.change(both, facts, officer=both.owner, now=timezone.now())

    offered.refresh_from_db()
    assert offered.offer_expires_at == soon
    assert own.take_over(swap_link(offered), True).status == Status.CONFIRMED
