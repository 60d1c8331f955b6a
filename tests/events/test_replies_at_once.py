"""Several readers and several officers at once: one answer stands, and one of them decides."""

import pytest
from django.utils import timezone

from events.models import Registration, Reply
from events.services import replies
from events.services.reconcile import differences
from events.services.replies import Changed, Found
from tests.events import answered
from tests.events.factories import OfficerFactory, RegistrationFactory, ReplyFactory
from tests.events.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def reading(raw):
    return lambda: replies.take(raw, now=timezone.now())


def deciding(act, reply):
    officer = OfficerFactory()

    def decide():
        try:
            act(reply, officer=officer, now=timezone.now())
        except Changed:
            return None
        return officer.pk

    return decide


def test_of_answers_read_at_once_the_newest_stands_and_each_is_proposed_once():
    seat = RegistrationFactory(confirmed=True, email="ana@example.org")
    newest = answered.google(seat, "TENTATIVE", at=answered.ago(1))
    mails = [answered.google(seat, at=answered.ago(hours)) for hours in (4, 3, 2)]

    found = at_once(*[reading(raw) for raw in (*mails, newest, *mails, newest)])

    assert Reply.objects.get().said == "tentative"
    assert 1 <= found.count(Found.PROPOSED) <= 4
    assert set(found) == {Found.PROPOSED, Found.BEFORE}


def test_of_officers_who_decide_at_once_one_has_decided(started):
    seat = RegistrationFactory(confirmed=True, email="ana@example.org")
    reply = ReplyFactory(registration=seat)

    done = at_once(*[deciding(act, reply) for act in (replies.give_up, replies.leave) * 3])

    reply.refresh_from_db()
    assert [officer for officer in done if officer] == [reply.decided_by_id]
    given_up = Registration.objects.get().status == "cancelled"
    assert given_up == (reply.decision == "given_up")
    assert differences(seat.event) == []
    assert len(started) == (2 if given_up else 0)
