"""A mail that waited, for the server or for its turn, says nothing that has become untrue meanwhile."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events import tasks
from events.mail import seat
from events.models import Registration
from events.services import planning, waiting_list
from outreach.mail import outbox
from outreach.mail.models import OutboxMessage
from outreach.mail.reasons import in_words
from tests.events.factories import EventFactory, RegistrationFactory

Status = Registration.Status
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("started")]


def sent_at(moment):
    """The kinds that leave when the worker comes at that moment."""
    outbox.drain(lambda: moment)
    return list(OutboxMessage.objects.filter(state="sent").values_list("kind", flat=True))


def skipped():
    return list(OutboxMessage.objects.filter(state="skipped").values_list("kind", "reason"))


def call_off(event):
    planning.cancel_event(event, officer=event.owner, now=timezone.now())


def test_an_offer_that_lapsed_while_the_server_was_away_is_not_made_any_more():
    registration = RegistrationFactory(event=EventFactory(seats=1), offered=True)
    tasks.seat_offered.func(str(registration.pk))
    later = registration.offer_expires_at + timedelta(hours=1)
    waiting_list.expire_offers(later)
    tasks.offer_lapsed.func(str(registration.pk))

    assert sent_at(later) == ["events.offer_lapsed"]
    assert skipped() == [("events.offer", "no longer so")]


def test_an_offer_whose_time_is_up_is_not_made_though_nobody_has_taken_it_back():
    registration = RegistrationFactory(event=EventFactory(seats=1), offered=True)
    tasks.seat_offered.func(str(registration.pk))

    assert sent_at(registration.offer_expires_at) == []


def test_of_an_event_that_is_called_off_only_that_is_told():
    event = EventFactory()
    registration = RegistrationFactory(event=event, confirmed=True)
    tasks.registration_confirmed.func(str(registration.pk))
    call_off(event)
    tasks.event_cancelled.func(str(event.pk))

    assert sent_at(timezone.now()) == ["events.event_cancelled"]
    assert skipped() == [("events.confirmed", "no longer so")]
    [letter] = mail.outbox
    assert "METHOD:CANCEL" in str(letter.message())


def test_no_entry_of_a_seat_goes_out_for_an_event_that_is_called_off():
    event = EventFactory()
    registration = RegistrationFactory(event=event, confirmed=True)
    tasks.registration_confirmed.func(str(registration.pk))
    call_off(event)

    assert seat(OutboxMessage.objects.get()) == []


def test_who_cancelled_is_told_that_though_the_event_is_called_off_after():
    event = EventFactory()
    registration = RegistrationFactory(event=event, confirmed=True)
    Registration.objects.filter(pk=registration.pk).update(status=Status.CANCELLED)
    tasks.registration_cancelled.func(str(registration.pk))
    call_off(event)

    assert sent_at(timezone.now()) == ["events.cancelled_by_you"]


def test_who_cancels_after_an_event_was_called_off_is_told_of_both():
    event = EventFactory()
    registration = RegistrationFactory(event=event, confirmed=True)
    call_off(event)
    tasks.event_cancelled.func(str(event.pk))
    Registration.objects.filter(pk=registration.pk).update(status=Status.CANCELLED)
    tasks.registration_cancelled.func(str(registration.pk))

    assert set(sent_at(timezone.now())) == {"events.event_cancelled", "events.cancelled_by_you"}


def test_whoever_is_asked_late_whether_they_come_is_asked_all_the_same():
    now = timezone.now()
    event = EventFactory(starts_at=now + timedelta(days=4), asks_days_before=9, releases_days_before=2)
    RegistrationFactory(event=event, confirmed=True, created_at=now - timedelta(days=20))
    tasks.ask_who_comes.func(str(event.pk))

    assert sent_at(event.releases_at + timedelta(minutes=1)) == ["events.still_coming"]


def test_who_applied_hears_of_a_change():
    event = EventFactory(needs_approval=True)
    RegistrationFactory(event=event, status=Status.APPLIED, confirmed_at=timezone.now())
    tasks.event_changed.func(str(event.pk), event.sequence, timezone.now().isoformat())

    assert sent_at(timezone.now()) == ["events.event_changed"]


def test_the_outbox_says_in_words_why_a_mail_did_not_go():
    assert in_words("no longer so") == "Det, mailen fortæller, passede ikke længere, da den skulle sendes."
