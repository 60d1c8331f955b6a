"""Confirm or release: each participant is asked once, and the seat of who is silent goes on."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from events import door, tasks
from events.models import Event, Registration
from events.services import coming, planning, seats, tokens, waiting_list
from events.services.reconcile import differences
from outreach.design.templatetags.design_tags import clock, daydate
from outreach.mail.models import OutboxMessage
from tests.events.asked import asked, delivered
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
    delivered()


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
    asked(late, later(event) - timedelta(hours=2))

    assert coming.release_silent(later(event)) == 0
    assert coming.release_silent(later(event) + timedelta(hours=23)) == 1


@pytest.mark.parametrize("state", ["queued", "sending", "skipped", "failed"])
def test_nobody_loses_a_seat_to_a_question_that_was_held_back(started, state):
    event = soon()
    guest = participant(event)
    ask(event, started)
    OutboxMessage.objects.update(state=state, sent_at=None)

    assert coming.release_silent(later(event)) == 0
    assert not coming.release(guest.pk, now=later(event))
    assert coming.who_did_not_hear(Registration.objects.all()) == ([guest] if state in ("skipped", "failed") else [])


def test_a_question_before_the_move_is_no_question_about_the_new_day(started):
    event = soon()
    guest = participant(event)
    ask(event, started)
    Registration.objects.filter(pk=guest.pk).update(asked_at=timezone.now() + timedelta(minutes=1))

    assert coming.release_silent(later(event)) == 0


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


def tight(**facts):
    """In two days; it is past both the day on which everybody is asked and the day on which seats go on."""
    starts_at = timezone.now() + timedelta(days=2)
    return EventFactory(starts_at=starts_at, asks_days_before=7, releases_days_before=3, **facts)


def text_of(kind):
    return OutboxMessage.objects.get(kind=kind).text


def told(moment, *, between=" at "):
    """A moment as a mail in English says it."""
    return f"{daydate(moment)}{between}{clock(moment)}"


def test_who_has_just_accepted_a_seat_is_not_asked_whether_they_come(started):
    event = tight(seats=1)
    registration = RegistrationFactory(event=event, offered=True, created_at=timezone.now() - timedelta(days=20))

    seats.answer_offer(registration.pk, True, now=timezone.now())
    ask(event, started)

    assert mails("events.still_coming") == []
    assert coming.release_silent(timezone.now() + timedelta(hours=25)) == 0


def test_who_is_asked_late_reads_a_deadline_that_is_still_to_come(started):
    event = tight()
    participant(event, language="en")

    ask(event, started)

    registration = Registration.objects.get()
    with translation.override("en"):
        assert told(registration.asked_at + timedelta(hours=24)) in text_of("events.still_coming")
    assert coming.release_silent(registration.come_before - timedelta(minutes=1)) == 0
    assert coming.release_silent(registration.come_before + timedelta(minutes=1)) == 1


def test_a_move_to_a_day_close_by_says_until_when_one_must_answer(started):
    month = timezone.now() + timedelta(days=30)
    event = EventFactory(starts_at=month, asks_days_before=5, releases_days_before=2)
    registration = participant(event, language="en")
    starts_at = timezone.now() + timedelta(days=1, hours=12)
    facts = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}

    event = planning.change(event, facts, officer=event.owner, now=timezone.now())
    tasks.event_changed.func(str(event.pk), event.sequence, timezone.now().isoformat())

    registration.refresh_from_db()
    with translation.override("en"):
        assert f"by {told(registration.come_before)}, the seat goes to the next." in text_of("events.event_changed")


@pytest.mark.parametrize("kind", ["already_registered", "event_changed"])
def test_who_waits_for_our_answer_reads_that_and_of_no_seat(kind, started):
    event = EventFactory(needs_approval=True)
    ana = RegistrationFactory(event=event, status="applied", confirmed_at=timezone.now(), language="en")

    if kind == "event_changed":
        event = planning.change(event, {"venue_name": "Havnen"}, officer=event.owner, now=timezone.now())
        tasks.event_changed.func(str(event.pk), event.sequence, timezone.now().isoformat())
    else:
        again = RegistrationFactory(event=event, name=ana.name, email=ana.email, language="en")
        tasks.registration_received.func(str(again.pk))

    text = text_of(f"events.{kind}")
    assert "have your registration, and answer when we have read it." in text
    assert "holding a seat" not in text


def test_one_who_waits_for_a_seat_at_the_venue_reads_of_no_offer_of_a_seat_online():
    event = EventFactory(attendance=Event.Attendance.BOTH, seats=1)
    RegistrationFactory(event=event, offered=True, mode="online")
    registration = RegistrationFactory(event=event, waiting=True, mode="in_person")

    assert registration.offers_out == 0
    assert door.view(tokens.digest(tokens.issue(registration, "manage"))).offers_out == 0


@pytest.mark.parametrize("starts_on", [(2027, 3, 29), (2027, 11, 1)])
def test_everybody_is_asked_at_the_hour_of_the_event_also_across_a_change_of_the_clock(starts_on):
    starts_at = datetime(*starts_on, 18, tzinfo=ZoneInfo("Europe/Copenhagen")).astimezone(UTC)
    event = EventFactory.build(starts_at=starts_at, asks_days_before=3, releases_days_before=2)

    assert [timezone.localtime(moment).hour for moment in (event.asks_at, event.releases_at)] == [18, 18]
