"""What changed while somebody was writing, and what the mail server missed while it was down."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from events.models import Event, Registration
from outreach.mail.models import OutboxMessage
from outreach.queue.periodic import run_periodic
from tests.events.factories import EventFactory, RegistrationFactory
from tests.journeys import partner
from tests.journeys.reader import Reader

ANA = {"name": "Ana Ørsted", "email": "ana@example.org"}


def closes(event):
    # An hour back: for PostgreSQL it is all through a test as late as when its transaction began.
    Event.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now() - timedelta(hours=1))


def is_cancelled(event):
    Event.objects.filter(pk=event.pk).update(status=Event.Status.CANCELLED)


def fills(event):
    RegistrationFactory(event=event, confirmed=True)


@pytest.fixture
def event(db):
    return EventFactory(seats=1, title="Aften om tryghed")


@pytest.fixture
def later(db):
    return EventFactory(title="Et møde senere", starts_at=timezone.now() + timedelta(days=40))


@pytest.fixture
def writing(reader, says, event):
    """Somebody with the form open."""
    return reader.open(says.front).follow(says.events).follow(event.title).follow(says.register)


@pytest.mark.parametrize("happens", [closes, is_cancelled])
def test_a_form_sent_too_late_says_so_and_names_the_next_meeting(writing, says, event, later, happens):
    happens(event)

    writing.press(**ANA, **partner.DETAILS)

    assert writing.heading == says.too_late
    assert later.title in writing.text
    assert Registration.objects.count() == 0


def test_a_meeting_that_filled_meanwhile_says_so_and_offers_the_waiting_list(writing, says, event, mailboxes, work):
    fills(event)

    writing.press(**ANA, **partner.DETAILS)
    assert says.full in writing.text
    assert writing.typed["name"] == ANA["name"]
    writing.press()
    assert writing.heading == says.look_in_mailbox
    work()
    partner.confirm(writing, says, mailboxes, ANA["email"])

    assert writing.heading == says.number_one


def test_a_meeting_that_filled_before_the_confirmation_gives_a_place_in_the_queue(
    reader, says, event, later, mailboxes, work
):
    partner.fill_in(reader, says, event, **ANA)
    work()
    fills(event)

    partner.confirm(reader, says, mailboxes, ANA["email"])

    assert reader.heading == says.number_one
    assert later.title in reader.text


@pytest.mark.parametrize("happens", [closes, is_cancelled])
def test_a_confirmation_that_comes_too_late_says_so_and_names_the_next_meeting(
    reader, says, event, later, happens, mailboxes, work
):
    partner.fill_in(reader, says, event, **ANA)
    work()
    reader.open(mailboxes.last(ANA["email"]).link("events:confirm"))
    happens(event)

    reader.press(says.confirm_button)

    assert reader.heading == says.not_confirmed
    assert later.title in reader.text
    assert event.registrations.get().status == Registration.Status.PENDING


def test_a_button_pressed_twice_gives_one_answer(says, event, mailboxes, work):
    """Whoever double-clicks sees the answer to the second click."""
    once, twice = Reader(), Reader()
    partner.fill_in(once, says, event, **ANA)
    work()
    for reader in (once, twice):
        reader.open(mailboxes.last(ANA["email"]).link("events:confirm"))

    once.press(says.confirm_button)
    twice.press(says.confirm_button)

    assert once.heading == twice.heading == says.seat
    assert event.registrations.confirmed().count() == 1


def test_the_mail_server_down_for_an_hour_loses_nothing(says, event, post_office, work):
    post_office.close()
    people = {f"{name}@example.org": name for name in ("ana", "ben", "cim")}
    for email, name in people.items():
        partner.fill_in(Reader(), says, event, name=name, email=email)
        work()
    assert OutboxMessage.objects.filter(state=OutboxMessage.State.QUEUED).count() == 3

    post_office.open()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        run_periodic(timezone.now())
        work()

    assert sorted(letter.to for letter in post_office.mailboxes.letters()) == sorted(people)
    for email in people:
        partner.confirm(Reader(), says, post_office.mailboxes, email)
    assert event.registrations.live().count() == 3
