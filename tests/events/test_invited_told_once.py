"""Whatever becomes of an invitation, whoever dies meanwhile: what the invited must know of is told exactly once."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from events.door import invited as door
from events.models import Event, Invitation, Registration
from events.services import inviting, planning, registering, tokens
from events.services.address_lists import entries
from tests.events.factories import EventFactory
from tests.events.telling import ALSO_HERS, BOUNCED, MAY, MUST, NO, NO_REMINDERS, SHARED, Told, quick
from tests.events.test_any_order import steps

Status = Invitation.Status
pytestmark = pytest.mark.django_db

ADDRESSES = st.sampled_from([SHARED, SHARED.title(), ALSO_HERS, "bo@example.org", BOUNCED, NO_REMINDERS])
PICK = st.integers(0, 99)
NEWS = {
    "confirmed": "events.confirmed",
    "waiting": "events.waiting",
    "offered": "events.offer",
    "cancelled": "events.cancelled_by_you",
}


class Seen(NamedTuple):
    status: str
    sent: object
    reminded: object
    address: str

    @property
    def is_willing(self):
        return self.address not in (BOUNCED, NO_REMINDERS)


class TheInvitedAreTold(Told):
    """Drives the officer's list and the links of the invited."""

    @initialize(seats=st.integers(1, 3))
    def open(self, seats):
        self.event = EventFactory(seats=seats, by_invitation=True)
        self.officer = self.event.owner
        for address in ("ana@example.org", "bo@example.org", "cil@example.org"):
            self.prepare(address)
        self.send()

    def look(self):
        if not hasattr(self, "event"):
            return {}
        rows = list(self.event.invitations.all())
        came = list(self.event.registrations.all())
        self.addresses |= {str(row.pk): row.email for row in [*rows, *came]}
        seen = {str(row.pk): Seen(row.status, row.sent_at, row.reminded_at, row.email.lower()) for row in rows}
        return seen | {str(row.pk): Seen(row.status, None, None, row.email.lower()) for row in came}

    def noted(self, before, after, *, by_worker):
        for pk, new in after.items():
            old = before.get(pk)
            if new.sent and new.status == Status.SENT and (old is None or old.sent != new.sent):
                self.owe("events.invitation", pk, self.while_unanswered(pk, sent=new.sent))
            if old and new.reminded and old.reminded != new.reminded:
                self.owe("events.invitation_reminder", pk, self.while_unanswered(pk, reminded=new.reminded))
            if new.sent is None and new.status in NEWS and (old is None or old.status != new.status):
                self.owe(NEWS[new.status], pk, self.while_in(pk, new.status))

    def while_unanswered(self, pk, **moment):
        """As long as nothing is answered, and it was not withdrawn and asked anew meanwhile."""
        ((field, then),) = moment.items()

        def stands():
            if self.is_off():
                return NO
            return MUST if pk in self.unanswered() and getattr(self.look()[pk], field) == then else MAY

        return stands

    def while_in(self, pk, status):
        def stands():
            if self.is_off() and status != "cancelled":
                return NO
            return MUST if self.look()[pk].status == status else MAY

        return stands

    def unanswered(self):
        """Those who were asked, have said nothing and are not there by another way."""
        seen = self.look()
        here = {row.address for row in seen.values() if row.status in Registration.LIVE}
        return {pk for pk, row in seen.items() if row.status == Status.SENT and row.address not in here}

    def here(self):
        return {pk for pk, row in self.look().items() if row.status in Registration.LIVE}

    def is_off(self):
        return Event.objects.get(pk=self.event.pk).status == Event.Status.CANCELLED

    def some(self, pick):
        """An invitation that has come, and the hash of its link."""
        rows = [
            row
            for row in self.event.invitations.order_by("created_at", "pk")
            if self.came(row, "events.invitation", "events.invitation_reminder")
        ]
        chosen = rows[pick % len(rows)] if rows else None
        return chosen, chosen and tokens.digest(tokens.issue(chosen, "invited"))

    @rule(address=ADDRESSES)
    def prepare(self, address):
        with self.step():
            now = timezone.now()
            inviting.prepare(self.event, entries(address), language="da", officer=self.officer, now=now)

    @precondition(lambda self: not self.is_off())
    @rule()
    def send(self):
        with self.step():
            inviting.send(self.event, officer=self.officer, now=timezone.now())

    @precondition(lambda self: not self.is_off())
    @rule()
    def remind(self):
        with self.step():
            now = timezone.now()
            assert inviting.remind(self.event, officer=self.officer, now=now + timedelta(hours=25)) >= 0

    @rule(pick=PICK, name=st.sampled_from(["Ana", "Bo"]))
    def accept(self, pick, name):
        with self.step():
            invitation, h = self.some(pick)
            if invitation:
                door.accept(h, {"name": name}, language="da"), door.accept(h, {"name": name}, language="da")

    @rule(pick=PICK)
    def decline(self, pick):
        with self.step():
            invitation, h = self.some(pick)
            if invitation:
                door.decline(h, "Nej tak."), door.decline(h, "Nej.")

    @rule(pick=PICK, address=ADDRESSES)
    def name_another(self, pick, address):
        with self.step():
            invitation, h = self.some(pick)
            if invitation and invitation.may_name:
                door.name_another(h, "Dan", address), door.name_another(h, "Eva", address)

    @rule(pick=PICK)
    def withdraw(self, pick):
        with self.step():
            invitation, _ = self.some(pick)
            if invitation:
                inviting.withdraw(invitation, officer=self.officer, now=timezone.now())

    @rule(pick=PICK)
    def cancel(self, pick):
        with self.step():
            found = list(self.event.registrations.live().order_by("created_at", "pk"))
            if found:
                registering.cancel(found[pick % len(found)], officer=self.officer, now=timezone.now())

    @precondition(lambda self: not self.is_off())
    @rule()
    def move(self):
        with self.step():
            event, hour = Event.objects.get(pk=self.event.pk), timedelta(hours=1)
            facts = {"starts_at": event.starts_at + hour, "ends_at": event.ends_at + hour}
            event = planning.change(event, facts, officer=self.officer, now=timezone.now())
            self.tell_all("changed", lambda: Event.objects.get(pk=event.pk).sequence == event.sequence)

    @precondition(lambda self: not self.is_off())
    @rule(really=st.sampled_from([False, False, False, True]))
    def call_off(self, really):
        with self.step():
            if really:
                planning.cancel_event(self.event, officer=self.officer, now=timezone.now())
                self.tell_all("cancelled", lambda: True)

    def tell_all(self, what, still):
        """Those who come or wait, and those who were asked and have not answered, as long as it is ``still`` so."""

        def stands(pk, there):
            if not still():
                return NO
            told = pk in self.here() or self.must["events.invitation", pk] > 0
            return MUST if told and pk in there() else MAY

        for pk in self.here():
            self.owe(f"events.event_{what}", pk, lambda pk=pk: stands(pk, self.here))
        seen = self.look()
        for pk in self.unanswered():
            if seen[pk].is_willing:
                self.owe(f"events.invitation_{what}", pk, lambda pk=pk: stands(pk, self.unanswered))


def test_every_change_the_invited_must_know_of_is_told_exactly_once():
    run_state_machine_as_test(TheInvitedAreTold, settings=quick(steps(examples=6, count=20)))


@pytest.mark.night
def test_every_one_of_many_changes_the_invited_must_know_of_is_told_exactly_once():
    run_state_machine_as_test(TheInvitedAreTold, settings=quick(steps(examples=200, count=50)))
