"""Whatever people do, in whatever order: the count is right, the queue in order, each person there once."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from events import door
from events.door import own
from events.models import Event, HeldSeats, Mode, Registration, SeatCounter
from events.services import capacity, coming, modes, registering, swapping, tokens, waiting_list
from events.services.capacity import SeatPlan, TooFewSeats
from events.services.reconcile import differences
from outreach.privacy.retention import RULES
from tests.events.asked import asked
from tests.events.factories import EventFactory

Status = Registration.Status
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]

# Few people with two spellings each, so that they come again and meet themselves.
PEOPLE = st.sampled_from(["Ana", "ANA", "Bo Å", "bo aa", "Cil", "Dan", "Eva", "Finn"])
PICK = st.integers(0, 99)
MODES = st.sampled_from(Mode.values)
KINDS = st.sampled_from(["", "housing", "faith"])
FEW = st.integers(0, 3)
LIMITS = st.none() | st.integers(0, 4)
PLANS = st.builds(
    lambda seats, in_person, online, housing, faith: SeatPlan(
        seats, in_person, online, {"housing": housing, "faith": faith}, timezone.now() + timedelta(days=3)
    ),
    *(st.integers(0, 6), LIMITS, LIMITS, FEW, FEW),
)


class OneEvent(RuleBasedStateMachine):
    """Drives the services and the door as people do; each run is rolled back."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize(seats=st.integers(0, 4), approval=st.booleans())
    def open(self, seats, approval):
        self.event = EventFactory(seats=seats, attendance="both", needs_approval=approval)

    def some(self, pick, *statuses):
        found = list(self.event.registrations.filter(status__in=statuses).order_by("created_at", "pk"))
        return found[pick % len(found)] if found else None

    def link(self, registration, purpose):
        return tokens.digest(tokens.issue(registration, purpose))

    def told(self, name, mode, kind):
        return {"name": name, "email": "post@example.org", "mode": mode, "partner_kind": kind}

    def could_have_a_seat(self, registration):
        """Whether a seat is free for one who waits, said without the code that gives it."""
        seated = list(self.event.registrations.seated())
        counter = SeatCounter.objects.get(event=self.event)
        limit = getattr(counter, f"{registration.mode}_capacity")
        if limit is not None and sum(row.mode == registration.mode for row in seated) >= limit:
            return False
        pools = {pool.kind: pool.seats - sum(row.held_seats_id == pool.pk for row in seated) for pool in self.held()}
        return pools.get(registration.partner_kind, 0) > 0 or counter.capacity - len(seated) - sum(pools.values()) > 0

    def held(self):
        return HeldSeats.objects.held().filter(event=self.event)

    @rule(name=PEOPLE, mode=MODES, kind=KINDS)
    def propose(self, name, mode, kind):
        registering.propose(self.event, self.told(name, mode, kind), language="da", now=timezone.now())

    @rule(pick=PICK)
    def confirm(self, pick):
        if registration := self.some(pick, *Status):
            h = self.link(registration, "confirm")
            known = Registration.objects.same_person(registration).exists()
            outcome = door.confirm(h)
            assert outcome.changed == (registration.status == Status.PENDING and not known)
            assert not door.confirm(h).changed

    @rule(pick=PICK)
    def cancel(self, pick):
        if registration := self.some(pick, *Status):
            outcome = door.cancel(self.link(registration, "manage"))
            assert outcome.changed == registration.is_live
            assert not door.cancel(self.link(registration, "manage")).changed

    @rule(pick=PICK, accept=st.booleans())
    def answer_offer(self, pick, accept):
        if registration := self.some(pick, Status.OFFERED):
            assert door.offer(self.link(registration, "offer"), accept).changed

    @rule(pick=PICK, yes=st.booleans())
    def answer_one_who_applied(self, pick, yes):
        if registration := self.some(pick, Status.APPLIED):
            officer, now = self.event.owner, timezone.now()
            if yes:
                assert registering.approve(registration, officer=officer, now=now).changed
            else:
                assert registering.refuse(registration, "Vi er mange.", officer=officer, now=now).changed
            assert not registering.approve(registration, officer=officer, now=now).changed

    @rule(pick=PICK, place=st.integers(1, 5))
    def move_in_the_queue(self, pick, place):
        if registration := self.some(pick, Status.WAITING):
            before = list(self.event.registrations.waiting())
            waiting_list.move(registration, place, officer=self.event.owner, reason="tolk")
            before.remove(registration)
            before.insert(place - 1, registration)
            assert list(self.event.registrations.waiting()) == before

    @rule(pick=PICK, answers=st.sampled_from(["yes", "no", "nothing"]))
    def ask_whether_they_come(self, pick, answers):
        if registration := self.some(pick, Status.CONFIRMED):
            if answers != "nothing":
                door.come(self.link(registration, "come"), answers == "yes")
                return
            now, days = timezone.now(), {"asks_days_before": 60, "releases_days_before": 40}
            asked(registration, now - timedelta(days=2))
            Event.objects.filter(pk=self.event.pk).update(**days)
            assert coming.release(registration.pk, now=now)

    @rule(pick=PICK, mode=MODES, waits=st.booleans())
    def choose_the_other_mode(self, pick, mode, waits):
        if registration := self.some(pick, *Status):
            h = self.link(registration, "manage")
            outcome = own.choose_mode(h, mode, waits=waits)
            assert not own.choose_mode(h, mode, waits=waits).changed
            registration.refresh_from_db()
            assert registration.mode == mode or outcome.reason or registration.status not in modes.CAN_CHOOSE

    @rule()
    def grant_wishes(self):
        waiting_list.offer_free_seats(self.event, now=timezone.now())
        for granted in modes.grant_wishes(self.event, now=timezone.now()):
            assert not Registration.objects.get(pk=granted).wishes_mode

    @rule(pick=PICK, name=PEOPLE, kind=KINDS)
    def offer_the_seat_to_a_colleague(self, pick, name, kind):
        if registration := self.some(pick, *Status):
            told = {"name": name, "email": "post@example.org", "partner_kind": kind, "language": "da"}
            outcome = own.swap(self.link(registration, "manage"), told)
            assert outcome.status == (Status.PENDING if outcome.changed else registration.status)

    @rule(pick=PICK, accept=st.booleans())
    def answer_a_colleague(self, pick, accept):
        offered = list(Registration.objects.open_swaps().of(self.event).order_by("created_at", "pk"))
        if offered:
            made = offered[pick % len(offered)]
            before = list(SeatCounter.objects.filter(event=self.event).values())
            outcome = own.take_over(self.link(made, "swap"), accept)
            assert outcome.changed or outcome.reason
            assert list(SeatCounter.objects.filter(event=self.event).values()) == before
            given = made.replaces
            given.refresh_from_db()
            took = outcome.status == Status.CONFIRMED
            assert (given.status == Status.SWAPPED) == took

    @rule(pick=PICK)
    def take_an_offer_back(self, pick):
        if registration := self.some(pick, *Status):
            own.end_swap(self.link(registration, "manage"))
            assert not Registration.objects.swaps_of(registration).exists()

    @rule()
    def let_offers_to_colleagues_lapse(self):
        Registration.objects.open_swaps().of(self.event).update(offer_expires_at=timezone.now() - timedelta(hours=1))
        swapping.expire(timezone.now())
        assert not Registration.objects.open_swaps().of(self.event).exists()

    @rule(name=PEOPLE, mode=MODES, kind=KINDS)
    def phone(self, name, mode, kind):
        data = self.told(name, mode, kind)
        try:
            registering.register_by_officer(self.event, data, officer=self.event.owner, now=timezone.now())
        except registering.Refused as refused:
            assert refused.reason == "already_registered"

    @rule()
    def offer_free_seats(self):
        waiting = list(self.event.registrations.waiting())
        expected = [row.pk for row in waiting[:1] if self.could_have_a_seat(row)]
        offered = waiting_list.offer_free_seats(self.event, now=timezone.now())
        assert offered[:1] == expected or not expected
        assert not any(self.could_have_a_seat(row) for row in self.event.registrations.waiting())

    @rule(pick=PICK)
    def let_an_offer_lapse(self, pick):
        if registration := self.some(pick, Status.OFFERED):
            now = timezone.now()
            self.event.registrations.filter(pk=registration.pk).update(offer_expires_at=now - timedelta(hours=1))
            registration.refresh_from_db()
            assert waiting_list.expire_offers(now) == 1
            assert door.offer(self.link(registration, "offer"), True) is None

    @rule(plan=PLANS)
    def resize(self, plan):
        before = capacity.current(self.event)
        seated = self.event.registrations.seated().count()
        try:
            capacity.resize(self.event, plan, officer=self.event.owner)
        except TooFewSeats:
            assert capacity.current(self.event) == before
        else:
            assert seated <= plan.capacity

    @rule()
    def release_what_is_held(self):
        waiting_list.release_held_seats(timezone.now() + timedelta(days=4))
        assert not self.held().exists()

    @rule()
    def forget_the_unconfirmed(self):
        self.event.registrations.pending().update(created_at=timezone.now() - timedelta(days=8))
        RULES["events.unconfirmed"].apply(timezone.now())
        assert not self.event.registrations.pending().exists()

    @invariant()
    def the_counter_counts(self):
        counter = SeatCounter.objects.get(event=self.event)
        assert differences(self.event) == []
        assert counter.taken + counter.held <= counter.capacity

    @invariant()
    def every_number_in_the_queue_was_given_once(self):
        queued = self.event.registrations.exclude(queue_number=None).order_by("queue_number")
        numbers = list(queued.values_list("queue_number", flat=True))
        assert numbers == list(range(1, SeatCounter.objects.get(event=self.event).last_queue_number + 1))

    @invariant()
    def each_person_is_there_once(self):
        keys = list(self.event.registrations.live().values_list("folded_key", flat=True))
        assert len(keys) == len(set(keys))


def test_any_order_of_steps_keeps_the_promises():
    run_state_machine_as_test(OneEvent, settings=steps(examples=15, count=25))


@pytest.mark.night
def test_any_order_of_many_steps_keeps_the_promises():
    run_state_machine_as_test(OneEvent, settings=steps(examples=300, count=60))


def steps(*, examples, count):
    return settings(
        max_examples=examples,
        stateful_step_count=count,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
