"""A worker that comes late, or does its work once more, tells nobody what does not concern them or is no longer so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import door, invitation_tasks, tasks
from events.door import own
from events.models import Registration, Reminder
from events.services import coming, inviting, planning, registering, reminders, tokens, waiting_list
from events.services.address_lists import entries
from outreach.mail.models import OutboxMessage, Suppression
from tests.events.factories import EventFactory, InvitationFactory, RegistrationFactory

Status = Registration.Status
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]
BO = {"name": "Bo Lind", "email": "bo@example.org", "language": "da"}


def told(kind):
    return list(OutboxMessage.objects.filter(kind=f"events.{kind}").values_list("to", flat=True))


def move(event):
    """An hour later; returns what the worker is to be given."""
    hour, now = timedelta(hours=1), timezone.now()
    facts = {"starts_at": event.starts_at + hour, "ends_at": event.ends_at + hour}
    event = planning.change(event, facts, officer=event.owner, now=now)
    return str(event.pk), event.sequence, now.isoformat()


def call_off(event):
    planning.cancel_event(event, officer=event.owner, now=timezone.now())


def test_who_registers_after_a_move_hears_nothing_of_it(event):
    before = RegistrationFactory(event=event, confirmed=True)
    change = move(event)
    RegistrationFactory(event=event, confirmed=True)

    tasks.event_changed.func(*change)

    assert told("event_changed") == [before.email]


def test_who_is_invited_after_a_move_hears_nothing_of_it(event):
    asked = InvitationFactory(event=event)
    invite(event)
    change = move(event)
    InvitationFactory(event=event)
    invite(event)

    tasks.event_changed.func(*change)

    assert told("invitation_changed") == [asked.email]


def test_whom_no_invitation_reached_hears_nothing_of_the_end(event):
    now = timezone.now()
    inviting.prepare(event, entries("bo@example.org"), language="da", officer=event.owner, now=now)
    inviting.send(event, officer=event.owner, now=now)
    call_off(event)

    invitation_tasks.invite.func(str(event.pk), now.isoformat())
    tasks.event_cancelled.func(str(event.pk))

    assert not OutboxMessage.objects.exists()


def invite(event):
    now = timezone.now()
    inviting.send(event, officer=event.owner, now=now)
    invitation_tasks.invite.func(str(event.pk), now.isoformat())


@pytest.mark.parametrize("state", ["confirmed", "waiting"])
def test_a_seat_at_an_event_that_is_called_off_is_not_confirmed_any_more(event, state):
    registration = RegistrationFactory(event=event, **{state: True})
    call_off(event)

    tasks.registration_confirmed.func(str(registration.pk))
    tasks.event_cancelled.func(str(event.pk))

    assert OutboxMessage.objects.values_list("kind", flat=True).get() == "events.event_cancelled"


def test_nothing_is_offered_at_an_event_that_is_called_off(event):
    offered = RegistrationFactory(event=event, offered=True)
    given = tokens.digest(tokens.issue(RegistrationFactory(event=event, confirmed=True), "manage"))
    colleague = own.swap(given, BO)
    call_off(event)

    tasks.seat_offered.func(str(offered.pk))
    tasks.swap_offered.func(str(colleague.registration_id))

    assert not OutboxMessage.objects.exists()


def test_nobody_loses_an_offer_of_an_event_that_is_called_off(event):
    offered = RegistrationFactory(event=event, offered=True)
    call_off(event)

    assert waiting_list.expire_offers(offered.offer_expires_at + timedelta(hours=1)) == 0


def test_who_hears_that_the_event_is_off_is_not_told_no_besides(event):
    applied = RegistrationFactory(event=event, status=Status.APPLIED, confirmed_at=timezone.now())
    call_off(event)

    outcome = registering.refuse(applied, "Vi er mange.", officer=event.owner, now=timezone.now())

    assert (outcome.changed, outcome.reason, outcome.status) == (False, "event_cancelled", "applied")


def test_a_reminder_that_is_written_once_more_after_a_change_reaches_nobody_twice(event):
    guest = RegistrationFactory(event=event, confirmed=True)
    reminder = reminders.plan(Reminder(event=event, days=30), officer=event.owner)
    reminders.send_due(timezone.now())

    tasks.remind.func(str(reminder.pk))
    planning.change(event, {"venue_name": "Salen"}, officer=event.owner, now=timezone.now())
    tasks.remind.func(str(reminder.pk))

    assert told("reminder") == [guest.email]


def test_who_has_been_asked_to_confirm_is_not_forgotten_by_a_second_look(event):
    asked = registering.propose(event, {"name": "Ana", "email": "ana@example.org"}, language="da", now=timezone.now())
    tasks.registration_received.func(str(asked.pk))
    RegistrationFactory(event=event, confirmed=True, name="Ana", email="ana@example.org")

    tasks.registration_received.func(str(asked.pk))

    assert Registration.objects.pending().get() == asked
    assert told("already_registered") == []
    assert door.confirm(tokens.digest(tokens.issue(asked, "confirm"))).reason == "already_registered"


def test_a_colleague_who_has_been_asked_is_not_told_besides_that_they_are_registered(event):
    giver = tokens.digest(tokens.issue(RegistrationFactory(event=event, confirmed=True), "manage"))
    made = str(own.swap(giver, BO).registration_id)
    tasks.swap_offered.func(made)
    RegistrationFactory(event=event, confirmed=True, name=BO["name"], email=BO["email"])

    tasks.swap_offered.func(made)

    assert told("swap_offered") == [BO["email"]] and told("already_registered") == []


def test_who_offered_a_seat_hears_that_a_colleague_who_wanted_it_has_cancelled(db):
    event = EventFactory(needs_approval=True)
    giver = RegistrationFactory(event=event, confirmed=True)
    made = own.swap(tokens.digest(tokens.issue(giver, "manage")), BO).registration_id
    colleague = Registration.objects.get(pk=made)
    own.take_over(tokens.digest(tokens.issue(colleague, "swap")), True)

    door.cancel(tokens.digest(tokens.issue(colleague, "manage")))
    tasks.registration_cancelled.func(str(made))
    tasks.registration_cancelled.func(str(made))

    assert told("swap_ended") == [giver.email]


def test_who_took_the_offer_of_a_seat_back_is_told_nothing(event):
    giver = tokens.digest(tokens.issue(RegistrationFactory(event=event, confirmed=True), "manage"))
    made = own.swap(giver, BO).registration_id
    own.end_swap(giver)

    tasks.swap_ended.func(str(made))

    assert told("swap_ended") == []


def test_whom_the_mail_of_a_move_can_not_reach_has_not_been_asked_in_it(db):
    event = EventFactory(starts_at=timezone.now() + timedelta(days=4), asks_days_before=9, releases_days_before=2)
    guest = RegistrationFactory(event=event, confirmed=True)
    Suppression.objects.create(address=guest.email, reason="bounced", since=timezone.now())
    move(event)
    Suppression.objects.all().delete()

    assert coming.release_silent(event.starts_at - timedelta(hours=1)) == 0
