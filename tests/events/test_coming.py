"""Confirm or release: each participant is asked once, and the seat of who is silent goes on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events import tasks
from events.models import Event, Registration
from events.services import coming, planning, tokens, waiting_list
from events.services.reconcile import differences
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def soon(**facts):
    """In four days: asked five days before, released two days before."""
    starts_at = timezone.now() + timedelta(days=4)
    return EventFactory(starts_at=starts_at, asks_days_before=5, releases_days_before=2, **facts)


def participant(event, **facts):
    long_ago = timezone.now() - timedelta(days=9)
    return RegistrationFactory(event=event, confirmed=True, created_at=long_ago, **facts)


def ask(event, started):
    """What the worker does when the time has come."""
    started.clear()
    coming.ask_where_it_is_time(timezone.now())
    for name, event_id in started:
        assert name == "events.ask_who_comes"
        tasks.ask_who_comes.func(str(event_id))


def mails(kind):
    return list(OutboxMessage.objects.filter(kind=kind).values_list("to", flat=True))


def later(event):
    """A moment after the seats of the silent are free."""
    return event.releases_at + timedelta(hours=1)


def test_each_participant_is_asked_once(started):
    event = soon()
    guests = [participant(event), participant(event)]
    participant(event, email="")
    RegistrationFactory(event=event, waiting=True)

    ask(event, started)
    ask(event, started)

    assert sorted(mails("events.still_coming")) == sorted(guest.email for guest in guests)
    assert not started


def test_nobody_is_asked_before_the_time_or_about_another_event(started):
    participant(EventFactory(starts_at=timezone.now() + timedelta(days=9), asks_days_before=5, releases_days_before=2))
    participant(EventFactory())
    participant(soon(cancelled=True))

    assert coming.ask_where_it_is_time(timezone.now()) == 0


def test_who_confirmed_after_the_question_has_just_said_so(started):
    event = soon()
    RegistrationFactory(event=event, confirmed=True)

    ask(event, started)

    assert mails("events.still_coming") == []


def test_the_seat_of_who_is_silent_goes_to_the_next(started):
    event = soon(seats=2)
    silent, comes = participant(event), participant(event)
    waits = RegistrationFactory(event=event, waiting=True)
    ask(event, started)
    Registration.objects.filter(pk=comes.pk).update(comes_at=timezone.now())
    started.clear()

    assert coming.release_silent(timezone.now()) == 0
    assert coming.release_silent(later(event)) == 1
    assert coming.release_silent(later(event)) == 0

    silent.refresh_from_db()
    assert silent.status == "released"
    assert started == [("events.registration_released", silent.pk), ("events.seat_freed", event.pk)]
    assert waiting_list.offer_free_seats(event, now=timezone.now()) == [waits.pk]
    assert differences(event) == []


def test_a_released_participant_is_told_and_can_come_again(started):
    event = soon()
    silent = participant(event)
    ask(event, started)
    coming.release_silent(later(event))

    tasks.registration_released.func(str(silent.pk))

    assert mails("events.released") == [silent.email]
    again = RegistrationFactory(event=event, name=silent.name, email=silent.email)
    assert not Registration.objects.same_person(again).exists()


def test_nobody_loses_a_seat_within_a_day_of_a_late_question(started):
    event = soon()
    late = participant(event)
    Registration.objects.filter(pk=late.pk).update(asked_at=later(event) - timedelta(hours=2))

    assert coming.release_silent(later(event)) == 0
    assert coming.release_silent(later(event) + timedelta(hours=23)) == 1


def test_a_moved_event_asks_again_in_its_own_time(started):
    event = soon()
    guest = participant(event)
    ask(event, started)
    Registration.objects.filter(pk=guest.pk).update(comes_at=timezone.now())

    move(event, timezone.now() + timedelta(days=30))

    guest.refresh_from_db()
    assert (guest.asked_at, guest.comes_at) == (None, None)


def test_a_move_to_a_day_that_is_near_asks_in_the_mail_that_tells_of_it(started):
    event = EventFactory(starts_at=timezone.now() + timedelta(days=30), asks_days_before=5, releases_days_before=2)
    guest = participant(event)
    offered = RegistrationFactory(event=event, offered=True, offer_expires_at=timezone.now() + timedelta(days=20))

    move(event, timezone.now() + timedelta(days=4))

    guest.refresh_from_db()
    offered.refresh_from_db()
    assert guest.asked_at is not None
    assert offered.offer_expires_at == Event.objects.get().starts_at
    tasks.event_changed.func(str(event.pk), 1, timezone.now().isoformat())
    ask(event, started)
    assert sorted(mails("events.event_changed")) == sorted([guest.email, offered.email])
    assert mails("events.still_coming") == []


def move(event, starts_at):
    facts = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}
    planning.change(event, facts, officer=event.owner, now=timezone.now())


def test_the_button_says_yes_or_no(client, started):
    guest = participant(soon())
    url = tokens.link(guest, "come")
    path = "/" + url.split("/", 3)[3]

    assert "Kommer du stadig?" in client.get(path).content.decode()
    said = client.post(path, {"answer": "yes"})

    guest.refresh_from_db()
    assert said.status_code == 200
    assert guest.comes_at is not None


def test_an_officer_moves_somebody_in_the_queue_for_a_reason(full_event):
    first, second, third = RegistrationFactory.create_batch(3, event=full_event, waiting=True)
    officer = full_event.owner

    assert waiting_list.move(third, 1, officer=officer, reason="tolken er bestilt") == 1
    assert waiting_list.move(first, 99, officer=officer, reason="kan vente") == 3

    queue = full_event.registrations.waiting()
    assert [row.pk for row in queue] == [third.pk, second.pk, first.pk]
    assert [row.queue_number for row in queue] == [1, 2, 3]


def test_who_no_longer_waits_is_not_moved(full_event):
    gone = RegistrationFactory(event=full_event, waiting=True)
    Registration.objects.filter(pk=gone.pk).update(status="cancelled")

    assert waiting_list.move(gone, 1, officer=full_event.owner, reason="tolk") == 0
