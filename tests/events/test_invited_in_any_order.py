"""Whatever the invited, the named and the officer do, in whatever order: seats are right and nobody is there twice."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from events.door import invited as door
from events.models import Invitation, Registration, SeatCounter
from events.services import inviting, registering, seats, tokens, waiting_list
from events.services.address_lists import entries
from events.services.reconcile import differences
from tests.events.factories import EventFactory
from tests.events.test_any_order import steps

Status = Invitation.Status
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]

# Few people and fewer mailboxes, so that they meet themselves and each other.
NAMES = st.sampled_from(["Ana", "ANA", "Bo Å", "bo aa", "Cil"])
ADDRESSES = st.sampled_from(["post@example.org", "Post@example.org", "ana@example.org", "bo@example.org"])
PICK = st.integers(0, 99)


class OneMeeting(RuleBasedStateMachine):
    """Drives the services and the door as people do; each run is rolled back."""

    def __init__(self):
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @initialize(seats=st.integers(0, 3), closed=st.booleans(), approval=st.booleans())
    def open(self, seats, closed, approval):
        self.event = EventFactory(seats=seats, by_invitation=closed, attendance="both", needs_approval=approval)
        self.event.held.create(kind="housing", seats=min(1, seats), release_at=timezone.now() + timedelta(days=3))
        SeatCounter.objects.filter(event=self.event).update(held=min(1, seats))

    def some(self, pick):
        """An invitation, and the hash of its link as the mail would have brought it."""
        found = list(self.event.invitations.order_by("created_at", "pk"))
        if not found:
            return None, ""
        chosen = found[pick % len(found)]
        return chosen, tokens.digest(tokens.issue(chosen, "invited"))

    def told(self, name, kind="", mode="online"):
        return {"name": name, "email": "free@example.org", "partner_kind": kind, "mode": mode}

    @rule(name=NAMES, address=ADDRESSES, uses=st.sampled_from([None, None, 1, 2]))
    def prepare(self, name, address, uses):
        officer, now = self.event.owner, timezone.now()
        pasted = entries(f"{name} <{address}>")
        inviting.prepare(self.event, pasted, language="da", officer=officer, now=now, uses=uses)

    @rule()
    def send(self):
        waiting = self.event.invitations.prepared().count()
        assert inviting.send(self.event, officer=self.event.owner, now=timezone.now()) == waiting

    @rule(pick=PICK, name=NAMES, kind=st.sampled_from(["", "housing"]), mode=st.sampled_from(["online", "in_person"]))
    def accept(self, pick, name, kind, mode):
        invitation, h = self.some(pick)
        if invitation and not invitation.is_free:
            standing = invitation.registrations.live().first()
            outcome = door.accept(h, self.told(name, kind, mode), language="da")
            if invitation.status in (Status.PREPARED, Status.WITHDRAWN):
                assert outcome is None
            elif standing or invitation.status == Status.NAMED:
                assert not outcome.changed
            assert outcome is None or not door.accept(h, self.told(name, kind, mode), language="da").changed

    @rule(pick=PICK, name=NAMES)
    def register_by_free_link(self, pick, name):
        invitation, h = self.some(pick)
        if invitation and invitation.is_free:
            before = invitation.registrations.exclude(status="cancelled").count()
            outcome = door.propose(h, self.told(name), language="da")
            assert outcome is None or outcome.changed == (
                invitation.status not in (Status.PREPARED, Status.WITHDRAWN) and before < invitation.uses
            )

    @rule(pick=PICK)
    def confirm(self, pick):
        found = list(self.event.registrations.pending().order_by("created_at", "pk"))
        if found:
            seats.confirm(found[pick % len(found)].pk, now=timezone.now())

    @rule(pick=PICK)
    def decline(self, pick):
        invitation, h = self.some(pick)
        if invitation and not invitation.is_free:
            first, second = door.decline(h, "Nej tak."), door.decline(h, "Nej.")
            assert not second.changed
            assert not first.changed or first.status == Status.DECLINED

    @rule(pick=PICK, name=NAMES, address=ADDRESSES)
    def name_another(self, pick, name, address):
        invitation, h = self.some(pick)
        if invitation and invitation.may_name:
            outcome = door.name_another(h, name, address)
            if outcome.changed:
                assert not invitation.registrations.live().exists()
                first, second = (inviting.ask_named(invitation.pk, now=timezone.now()) for _ in range(2))
                assert first == second

    @rule(pick=PICK)
    def withdraw(self, pick):
        invitation, _ = self.some(pick)
        if invitation:
            could = invitation.status in (Status.PREPARED, Status.SENT, Status.DECLINED)
            assert inviting.withdraw(invitation, officer=self.event.owner, now=timezone.now()) == could

    @rule(pick=PICK)
    def cancel(self, pick):
        found = list(self.event.registrations.live().order_by("created_at", "pk"))
        if found:
            registering.cancel(found[pick % len(found)], officer=self.event.owner, now=timezone.now())
            waiting_list.offer_free_seats(self.event, now=timezone.now())

    @rule(name=NAMES, address=ADDRESSES)
    def phone(self, name, address):
        data = {**self.told(name), "email": address}
        try:
            registering.register_by_officer(self.event, data, officer=self.event.owner, now=timezone.now())
        except registering.Refused as refused:
            assert refused.reason == "already_registered"

    @invariant()
    def the_counter_counts(self):
        counter = SeatCounter.objects.get(event=self.event)
        assert differences(self.event) == []
        assert counter.taken + counter.held <= counter.capacity

    @invariant()
    def each_person_is_there_once(self):
        keys = list(self.event.registrations.live().values_list("folded_key", flat=True))
        assert len(keys) == len(set(keys))

    @invariant()
    def each_address_is_invited_once(self):
        keys = [address.casefold() for address in self.event.invitations.values_list("email", flat=True)]
        assert len(keys) == len(set(keys))

    @invariant()
    def a_link_is_used_by_as_many_as_it_is_for(self):
        for invitation in self.event.invitations.all():
            used = invitation.registrations.filter(
                status__in=[Registration.Status.PENDING, *Registration.LIVE]
            ).count()
            assert used <= (invitation.uses or 1)

    @invariant()
    def whoever_has_a_seat_by_a_link_of_their_own_has_said_yes(self):
        for registration in self.event.registrations.live().exclude(invitation=None).select_related("invitation"):
            assert registration.invitation.status == Status.ACCEPTED
            assert registration.invitation.is_free or registration.email == registration.invitation.email


def test_any_order_of_answers_keeps_the_promises():
    run_state_machine_as_test(OneMeeting, settings=steps(examples=15, count=25))


@pytest.mark.night
def test_any_order_of_many_answers_keeps_the_promises():
    run_state_machine_as_test(OneMeeting, settings=steps(examples=300, count=60))
