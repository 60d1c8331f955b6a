"""What each role does to an answer from a calendar: the worker keeps it, whoever runs the event decides on it."""

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from events.models import Registration, Reply
from events.services import replies
from events.services.replies import Found
from tests.events import answered
from tests.events.factories import OfficerFactory, RegistrationFactory, ReplyFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]


@pytest.fixture
def officer(db):
    return OfficerFactory()


@pytest.fixture
def seat(officer):
    return RegistrationFactory(event__owner=officer, confirmed=True, email="ana@example.org")


def refused(action):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        action()
    return True


def test_the_worker_keeps_an_answer_and_a_newer_one_in_its_place(seat, as_role):
    with as_role("worker"):
        assert replies.take(answered.google(seat, at=answered.ago(2)), now=timezone.now()) is Found.PROPOSED
        assert replies.take(answered.google(seat, "TENTATIVE"), now=timezone.now()) is Found.PROPOSED

    assert Reply.objects.get().said == "tentative"


def test_whoever_runs_the_event_gives_the_seat_up_and_makes_no_answer(officer, seat, as_role):
    reply = ReplyFactory(registration=seat)

    with as_role("internal", officer):
        replies.give_up(Reply.objects.with_people().get(), officer=officer, now=timezone.now())
        assert refused(lambda: Reply.objects.all().delete())
        assert refused(lambda: ReplyFactory(registration=seat))

    reply.refresh_from_db()
    assert (reply.decision, Registration.objects.get().status) == ("given_up", "cancelled")


def test_another_team_and_nobody_read_and_change_no_answer(seat, as_role):
    ReplyFactory(registration=seat)

    for reader in ([OfficerFactory()], []):
        with as_role("internal", *reader):
            assert not Reply.objects.exists()
            assert not Reply.objects.update(said="accepted")


def test_a_visitor_neither_reads_nor_leaves_an_answer(seat, as_role):
    with as_role("public"):
        assert refused(lambda: Reply.objects.exists())
        assert refused(lambda: ReplyFactory.create(registration_id=seat.pk, registration=seat))
