"""What many mails cost: to write them as much as one, to send them one statement and one commit for each."""

import pytest
from django.core import mail
from django.utils import timezone

from events import invitation_tasks, tasks
from events.models import Invitation, Registration
from outreach.mail import outbox
from outreach.mail.models import OutboxMessage
from tests.costs import counted
from tests.events.factories import EventFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)
FEW, MANY = 3, 40


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
    return lambda: tasks.event_changed.call(str(event.pk), 1)


def cancel(number):
    event = EventFactory(status="cancelled", seats=MANY)
    for guest in range(number):
        RegistrationFactory(event=event, email=f"{guest}@{number}.example.org", confirmed=True)
    return lambda: tasks.event_cancelled.call(str(event.pk))


@pytest.fixture(params=[invite, change, cancel], ids=lambda make: make.__name__)
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


def test_many_mails_are_written_in_as_many_questions_as_few_and_in_one_commit(costs):
    (few, _), (many, _) = costs(FEW), costs(MANY)

    assert many == few
    assert many.commits == 1
    assert many.queries <= 16


def test_each_mail_that_is_sent_costs_one_statement_and_one_commit_and_a_batch_a_few(costs):
    (_, few), (_, many) = costs(FEW), costs(MANY)

    assert many.queries - few.queries == MANY - FEW
    assert many.commits - few.commits == MANY - FEW
    assert few.queries - FEW <= 22
    assert few.commits - FEW <= 6
    assert len(mail.outbox) == 1 + FEW + MANY
    assert Invitation.objects.count() + Registration.objects.count() == 1 + FEW + MANY
