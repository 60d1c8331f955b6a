"""What many mails cost: to write them as much as one, to send them one statement and one commit for each."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from events import invitation_tasks, tasks
from events.models import Invitation, Registration, Reminder
from outreach.mail import outbox
from outreach.mail.models import OutboxMessage
from outreach.queue.enqueue import enqueue
from tests.costs import counted
from tests.events.factories import EventFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)
FEW, MANY = 3, 40
STATES = {"pending": {}, "confirmed": {"confirmed": True}}


def invite(number):
    moment = timezone.now()
    event = EventFactory()
    for guest in range(number):
        InvitationFactory(event=event, email=f"{guest}@{number}.example.org", status="sent", sent_at=moment)
    return lambda: invitation_tasks.invite.call(str(event.pk), moment.isoformat())


def change(number):
    event = EventFactory(sequence=1, seats=MANY)
    for guest in range(number):
        RegistrationFactory(event=event, email=f"{guest}@{number}.example.org", confirmed=True)
    return lambda: tasks.event_changed.call(str(event.pk), 1, timezone.now().isoformat())


def cancel(number):
    event = EventFactory(status="cancelled", seats=MANY)
    for guest in range(number):
        RegistrationFactory(event=event, email=f"{guest}@{number}.example.org", confirmed=True)
    return lambda: tasks.event_cancelled.call(str(event.pk))


def ask(number):
    now = timezone.now()
    event = EventFactory(seats=MANY, starts_at=now + timedelta(days=4), asks_days_before=5, releases_days_before=2)
    for guest in range(number):
        address, long_ago = f"{guest}@{number}.example.org", now - timedelta(days=9)
        RegistrationFactory(event=event, email=address, confirmed=True, created_at=long_ago)
    return lambda: tasks.ask_who_comes.call(str(event.pk))


def remind(number):
    event = EventFactory(seats=MANY)
    for guest in range(number):
        RegistrationFactory(event=event, email=f"{guest}@{number}.example.org", confirmed=True)
    reminder = Reminder.objects.create(event=event, days=2, sent_at=timezone.now())
    return lambda: tasks.remind.call(str(reminder.pk))


@pytest.fixture(params=[invite, change, cancel, ask, remind], ids=lambda make: make.__name__)
def costs(request, monkeypatch):
    """``costs(number)``: what so many mails cost to write, and to send."""

    def costs(number):
        write = request.param(number)
        with counted(monkeypatch) as writing:
            write()
        assert OutboxMessage.objects.waiting().count() == number
        with counted(monkeypatch) as sending:
            assert outbox.drain(timezone.now) == number
        return writing, sending

    costs(1)  # whatever is kept from now on
    return costs


def test_many_mails_are_written_in_as_many_questions_and_commits_as_few(costs):
    (few, _), (many, _) = costs(FEW), costs(MANY)

    assert many == few
    assert many.commits <= 2
    assert many.queries <= 16


def test_each_mail_that_is_sent_costs_one_statement_and_one_commit_and_a_batch_a_few(costs):
    (_, few), (_, many) = costs(FEW), costs(MANY)

    assert many.queries - few.queries == MANY - FEW
    assert many.commits - few.commits == MANY - FEW
    assert few.queries - FEW <= 22
    assert few.commits - FEW <= 6
    assert len(mail.outbox) == 1 + FEW + MANY
    assert Invitation.objects.count() + Registration.objects.count() == 1 + FEW + MANY


@pytest.mark.parametrize(
    ("task", "state"), [("events.registration_received", "pending"), ("events.registration_confirmed", "confirmed")]
)
def test_what_the_worker_does_for_many_who_register_at_once_costs_one_statement_more_for_each(
    work, monkeypatch, task, state
):
    def cost(number):
        event = EventFactory(seats=MANY)
        for guest in range(number):
            guest = RegistrationFactory(event=event, email=f"{guest}@{number}.example.org", **STATES[state])
            enqueue(task, guest.pk)
        with counted(monkeypatch) as costs:
            work()
        return costs

    cost(1)
    few, many = cost(FEW), cost(MANY)

    assert many.queries - few.queries == many.commits - few.commits == MANY - FEW
    assert few.queries - FEW <= 40
    assert few.commits - FEW <= 12
    assert len(mail.outbox) == 1 + FEW + MANY
