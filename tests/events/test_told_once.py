"""Whatever happens to a registration, whoever dies meanwhile: what a person must know of is told exactly once."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule, run_state_machine_as_test

from events import door
from events.door import own
from events.models import Event, Registration, Reminder, SeatCounter
from events.services import capacity, coming, planning, registering, reminders, swapping, tokens, waiting_list
from events.services.capacity import SeatPlan
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory
from tests.events.telling import ALSO_HERS, BOUNCED, MAY, MUST, NO, NO_REMINDERS, SHARED, Notice, Told, quick
from tests.events.test_any_order import steps

Status = Registration.Status
pytestmark = pytest.mark.django_db

# The spellings of a name, and whose it is; two share a mailbox, one has two.
WHO = {"Ana": "ana", "ANA": "ana", "Bo Å": "bo", "bo aa": "bo", "Cil": "cil", "Dan": "dan", "Eva": "eva"}
AT = {"ana": [SHARED, ALSO_HERS], "bo": [SHARED], "cil": [BOUNCED], "dan": [NO_REMINDERS], "eva": ["eva@example.org"]}
PEOPLE = st.sampled_from([(name, address) for name, who in WHO.items() for address in AT[who]])
PICK = st.integers(0, 99)
MODES = st.sampled_from(["in_person", "online"])
HERE = (Status.CONFIRMED, Status.WAITING, Status.OFFERED, Status.APPLIED)
# What a registration that has come to this state is told.
NEWS = {
    Status.CONFIRMED: "events.confirmed",
    Status.WAITING: "events.waiting",
    Status.APPLIED: "events.applied",
    Status.OFFERED: "events.offer",
    Status.CANCELLED: "events.cancelled_by_you",
    Status.REFUSED: "events.refused",
    Status.RELEASED: "events.released",
    Status.EXPIRED: "events.offer_lapsed",
    Status.SWAPPED: "events.seat_swapped",
}
# In what state of its reader a mail that waited still says what is so.
SAYS = {kind: {status} for status, kind in NEWS.items()} | {
    "events.confirm": {Status.PENDING},
    "events.proposed": {Status.PENDING},
    "events.swap_offered": {Status.PENDING},
    "events.still_coming": {Status.CONFIRMED},
    "events.reminder": {Status.CONFIRMED},
    "events.mode_granted": {Status.CONFIRMED},
    "events.swap_ended": {Status.CONFIRMED},
    "events.already_registered": set(HERE),
    "events.event_changed": set(HERE),
}


def there(*statuses):
    """A rule for when there is somebody in one of these states."""
    return precondition(lambda machine: machine.states & set(statuses))


class Seen(NamedTuple):
    status: str
    mode: str
    asked: bool
    who: tuple
    giver: str  # whose seat was offered to this one
    colleague: bool  # proposed by another


class EverybodyIsTold(Told):
    """Drives the services and the door as people do."""

    @initialize(seats=st.integers(1, 3), approval=st.sampled_from([False, False, True]))
    def open(self, seats, approval):
        days = {"asks_days_before": 60, "releases_days_before": 40}
        self.event = EventFactory(seats=seats, attendance="both", needs_approval=approval, **days)
        SeatCounter.objects.filter(event=self.event).update(online_capacity=1)
        self.officer = self.event.owner
        for name, address in [("Ana", SHARED), ("Bo Å", SHARED), ("Dan", NO_REMINDERS), ("Eva", "eva@example.org")]:
            with self.step():
                told = {"name": name, "email": address, "mode": "in_person"}
                registering.propose(self.event, told, language="da", now=timezone.now())
            if name != "Eva":
                self.confirm(0)

    # What one sees, and what follows from it

    def look(self):
        if not hasattr(self, "event"):
            return {}
        rows = list(self.event.registrations.all())
        self.states = {row.status for row in rows}
        for row in rows:
            self.addresses[str(row.pk)] = row.email
        return {
            str(row.pk): Seen(
                row.status,
                row.mode,
                bool(row.asked_at),
                (WHO[row.name], row.email),
                str(row.replaces_id or ""),
                bool(row.proposed_by),
            )
            for row in rows
        }

    def noted(self, before, after, *, by_worker):
        for pk, new in after.items():
            old = before.get(pk)
            if old is None or old.status != new.status:
                self.came_to(pk, old.status if old else "", new, after)
            elif by_worker and old.mode != new.mode:
                self.owe("events.mode_granted", pk, self.while_in(pk, Status.CONFIRMED))
            if by_worker and old and new.asked and not old.asked:
                self.owe("events.still_coming", pk)
        for pk in set(before) - set(after):
            self.forgotten(pk, before[pk], before)

    def came_to(self, pk, was, new, after):
        giver = after.get(new.giver)
        if new.status == Status.PENDING:
            self.proposed(pk, new)
        elif new.status in NEWS and (was != Status.PENDING or new.status in HERE):
            self.owe(NEWS[new.status], pk, self.while_in(pk, new.status))
        ends = (Status.DECLINED, Status.EXPIRED, Status.REFUSED)
        left = new.status in ends or (was == Status.APPLIED and new.status == Status.CANCELLED)
        if giver and giver.status == Status.CONFIRMED and left:
            self.owe("events.swap_ended", new.giver, self.while_in(new.giver, Status.CONFIRMED))

    def proposed(self, pk, new):
        """Asked to confirm; one who is there already is told that instead, and what they sent anew is forgotten."""
        if new.giver:
            self.due.append(Notice("events.swap_offered", pk, lambda: self.asked(pk, new)))
        else:
            kind = "events.proposed" if new.colleague else "events.confirm"
            self.owe(kind, pk, lambda: MUST if pk in self.look() else NO)

    def asked(self, pk, new):
        """Whether a colleague is asked to take the seat; one who is there already is told that."""
        seen = self.look()
        known = [key for key, row in seen.items() if row.who == new.who and row.status in HERE and key != pk]
        if self.is_off():
            return NO
        if seen[pk].status != Status.PENDING:
            return MAY
        if known:
            expected = self.may if self.interrupted else self.must
            expected["events.already_registered", known[0]] += bool(self.addresses[known[0]])
            return MAY  # once they have left, and the worker looks again
        return MUST

    def forgotten(self, pk, row, before):
        """What one sent who is there already."""
        (known,) = [pk for pk, seen in before.items() if seen.who == row.who and seen.status in HERE]
        assert row.status == Status.PENDING
        assert not (self.must["events.confirm", pk] or self.must["events.proposed", pk]), "asked, and forgotten"
        self.owe("events.already_registered", known)

    def while_in(self, pk, status):
        """To be told while it is so; what an event that is called off would have brought, nobody is told."""

        def stands():
            if self.is_off() and status in HERE:
                return NO
            return MUST if self.look()[pk].status == status else MAY

        return stands

    def is_outdated(self, kind, about):
        status = self.look()[about].status
        return status not in SAYS[kind] or (self.is_off() and status in (*HERE, Status.PENDING))

    def is_off(self):
        return Event.objects.get(pk=self.event.pk).status == Event.Status.CANCELLED

    def some(self, pick, *statuses, came=()):
        """One in these states, who has got a mail of one of these kinds."""
        found = self.event.registrations.filter(status__in=statuses).order_by("created_at", "pk")
        rows = [row for row in found if not came or self.came(row, *came)]
        return rows[pick % len(rows)] if rows else None

    def link(self, registration, purpose):
        return tokens.digest(tokens.issue(registration, purpose))

    # What people do

    @precondition(lambda self: not self.is_off())
    @rule(who=PEOPLE, mode=MODES, also=st.lists(PEOPLE, max_size=1))
    def propose(self, who, mode, also):
        with self.step():
            told, *others = [{"name": name, "email": address, "mode": mode} for name, address in (who, *also)]
            now = timezone.now()
            registering.propose_with_colleagues(self.event, told, others, language="da", now=now)

    @there(Status.PENDING)
    @rule(pick=PICK)
    def confirm(self, pick):
        with self.step():
            if row := self.some(pick, Status.PENDING, came=["events.confirm", "events.proposed"]):
                h = self.link(row, "confirm")
                assert door.confirm(h).status == door.confirm(h).status

    @there(*HERE)
    @rule(pick=PICK)
    def cancel(self, pick):
        with self.step():
            if row := self.some(pick, *HERE):
                h = self.link(row, "manage")
                door.cancel(h), door.cancel(h)

    @there(Status.OFFERED)
    @rule(pick=PICK, accept=st.booleans())
    def answer_offer(self, pick, accept):
        with self.step():
            if row := self.some(pick, Status.OFFERED, came=["events.offer"]):
                door.offer(self.link(row, "offer"), accept)

    @there(Status.CONFIRMED)
    @rule(pick=PICK, comes=st.booleans())
    def answer_whether_one_comes(self, pick, comes):
        with self.step():
            if row := self.some(pick, Status.CONFIRMED, came=["events.still_coming", "events.event_changed"]):
                door.come(self.link(row, "come"), comes)

    @there(*HERE)
    @rule(pick=PICK, mode=MODES, waits=st.booleans())
    def choose_the_other_mode(self, pick, mode, waits):
        with self.step():
            if row := self.some(pick, *HERE):
                own.choose_mode(self.link(row, "manage"), mode, waits=waits)

    @there(Status.CONFIRMED)
    @rule(pick=PICK, who=PEOPLE)
    def offer_the_seat_to_a_colleague(self, pick, who):
        with self.step():
            if row := self.some(pick, Status.CONFIRMED):
                own.swap(self.link(row, "manage"), {"name": who[0], "email": who[1], "language": "en"})

    @there(Status.PENDING)
    @rule(pick=PICK, accept=st.booleans())
    def answer_a_colleague(self, pick, accept):
        with self.step():
            offered = [
                row
                for row in self.event.registrations.open_swaps().order_by("created_at", "pk")
                if self.came(row, "events.swap_offered")
            ]
            if offered:
                own.take_over(self.link(offered[pick % len(offered)], "swap"), accept)

    @there(Status.PENDING)
    @rule(pick=PICK)
    def take_an_offer_back(self, pick):
        with self.step():
            if row := self.some(pick, Status.CONFIRMED):
                own.end_swap(self.link(row, "manage"))

    # What officers do

    @rule(who=PEOPLE, mode=MODES, mail=st.booleans())
    def phone(self, who, mode, mail):
        with self.step():
            told = {"name": who[0], "email": who[1] if mail else "", "mode": mode}
            try:
                registering.register_by_officer(self.event, told, officer=self.officer, now=timezone.now())
            except registering.Refused:
                assert self.is_off() or told["name"]

    @there(Status.APPLIED)
    @rule(pick=PICK, yes=st.booleans())
    def answer_one_who_applied(self, pick, yes):
        with self.step():
            if row := self.some(pick, Status.APPLIED):
                if yes:
                    registering.approve(row, officer=self.officer, now=timezone.now())
                else:
                    registering.refuse(row, "Vi er mange.", officer=self.officer, now=timezone.now())

    @there(*HERE)
    @rule(pick=PICK)
    def cancel_for_somebody(self, pick):
        with self.step():
            if row := self.some(pick, *HERE):
                registering.cancel(row, officer=self.officer, now=timezone.now())

    @rule(seats=st.integers(0, 5), online=st.none() | st.integers(0, 3))
    def resize(self, seats, online):
        with self.step():
            try:
                capacity.resize(self.event, SeatPlan(seats, None, online), officer=self.officer)
            except capacity.TooFewSeats:
                assert self.event.registrations.seated().exists()

    @rule(what=st.sampled_from(["move", "place", "summary"]))
    def change(self, what):
        with self.step():
            event = Event.objects.get(pk=self.event.pk)
            if event.status == Event.Status.PUBLISHED:
                hour = timedelta(hours=1)
                facts = {
                    "move": {"starts_at": event.starts_at + hour, "ends_at": event.ends_at + hour},
                    "place": {"venue_name": f"Sal {event.sequence}"},
                    "summary": {"summary": "Vi taler om noget andet."},
                }
                event = planning.change(event, facts[what], officer=self.officer, now=timezone.now())
                if what != "summary":
                    self.tell_of_the_change(event.sequence)

    def tell_of_the_change(self, sequence):
        def stands(pk):
            event = Event.objects.get(pk=self.event.pk)
            if event.sequence != sequence:
                return NO
            seen = self.look()
            return MUST if pk in here and pk in seen and seen[pk].status in HERE else MAY

        here = {pk for pk, seen in self.look().items() if seen.status in HERE}
        for pk, seen in self.look().items():
            if seen.status in (*HERE, Status.PENDING):
                self.owe("events.event_changed", pk, lambda pk=pk: stands(pk))

    @precondition(lambda self: self.event.registrations.count() > 5)
    @rule(really=st.sampled_from([False, False, False, True]))
    def call_off(self, really):
        with self.step():
            if really and not self.is_off():
                planning.cancel_event(self.event, officer=self.officer, now=timezone.now())
                for pk, seen in self.look().items():
                    if seen.status in HERE:
                        self.owe("events.event_cancelled", pk)

    @rule(days=st.integers(30, 33))
    def remind(self, days):
        with self.step():
            if not Reminder.objects.filter(event=self.event, days=days).exists():
                reminders.plan(Reminder(event=self.event, days=days), officer=self.officer)
                if reminders.send_due(timezone.now()):
                    for pk, seen in self.look().items():
                        if seen.status == Status.CONFIRMED:
                            self.owe("events.reminder", pk, self.while_in(pk, Status.CONFIRMED))

    # What the clock does

    @there(Status.CONFIRMED)
    @rule()
    def ask_who_comes(self):
        with self.step():
            long_ago = timezone.now() - timedelta(days=50)
            self.event.registrations.confirmed().update(confirmed_at=long_ago)
            coming.ask_where_it_is_time(timezone.now())
        if not self.behind and not self.is_off() and not self.interrupted:
            unasked = (
                self.event.registrations.confirmed()
                .filter(asked_at=None, comes_at=None)
                .exclude(email__in=["", BOUNCED])
            )
            assert not unasked.exists()

    @there(Status.CONFIRMED)
    @rule()
    def release_the_silent(self):
        with self.step():
            now, asked = timezone.now(), self.event.registrations.exclude(asked_at=None)
            asked.update(asked_at=now - timedelta(days=2))
            sent = OutboxMessage.objects.filter(kind__in=coming.ASKING, state="sent")
            sent.update(sent_at=now - timedelta(days=2))
            there = {row.pk for row in self.event.registrations.confirmed()}
            coming.release_silent(now)
            for row in self.event.registrations.filter(pk__in=there, status=Status.RELEASED):
                assert sent.about(row).exists()

    @there(Status.OFFERED)
    @rule(pick=PICK)
    def let_an_offer_lapse(self, pick):
        with self.step():
            if row := self.some(pick, Status.OFFERED):
                now = timezone.now()
                self.event.registrations.filter(pk=row.pk).update(offer_expires_at=now - timedelta(hours=1))
                waiting_list.expire_offers(now)

    @there(Status.PENDING)
    @rule()
    def let_offers_to_colleagues_lapse(self):
        with self.step():
            self.event.registrations.open_swaps().update(offer_expires_at=timezone.now() - timedelta(hours=1))
            swapping.expire(timezone.now())

    def settle(self):
        """Who comes to a seat before the worker is done with a reminder may get it, and none twice."""
        sent = Reminder.objects.filter(event=self.event).count()
        for pk in self.look():
            key = ("events.reminder", pk)
            owed = sum(notice[:2] == key for notice in self.due)
            self.may[key] = max(self.may[key], sent - self.must[key] - owed)
        super().settle()


def test_every_change_a_person_must_know_of_is_told_exactly_once():
    run_state_machine_as_test(EverybodyIsTold, settings=quick(steps(examples=8, count=25)))


@pytest.mark.night
def test_every_one_of_many_changes_is_told_exactly_once():
    run_state_machine_as_test(EverybodyIsTold, settings=quick(steps(examples=300, count=50)))
