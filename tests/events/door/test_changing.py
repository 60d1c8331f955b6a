"""A registrant gives up what they hold, or corrects what they told."""

import pytest
from django.utils import timezone

from events import door
from events.models import Question, Refusal, Registration
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, RegistrationFactory

from .conftest import counted, link

Status = Registration.Status
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["confirmed", "offered", "waiting"])
def test_cancelling_gives_back_what_was_held(full_event, state, started):
    full_event.seats.capacity = 2
    full_event.seats.save()
    registration = RegistrationFactory(event=full_event, **{state: True})

    outcome = door.cancel(link(registration, Purpose.MANAGE))

    assert outcome == (registration.pk, full_event.pk, "cancelled", "", True, 0)
    assert counted(full_event) == (1, 0)
    assert started == [
        ("events.registration_cancelled", registration.pk),
        ("events.seat_freed", full_event.pk),
    ]
    registration.refresh_from_db()
    assert registration.cancelled_at is not None


def test_cancelling_twice_frees_one_seat(event, started):
    RegistrationFactory(event=event, confirmed=True)
    h = link(RegistrationFactory(event=event, confirmed=True), Purpose.MANAGE)
    door.cancel(h)
    started.clear()

    outcome = door.cancel(h)

    assert (outcome.status, outcome.changed) == ("cancelled", False)
    assert counted(event) == (1, 0)
    assert not started


@pytest.mark.parametrize(("trait", "reason"), [("past", Refusal.STARTED), ("cancelled", Refusal.EVENT_CANCELLED)])
def test_an_event_that_is_over_or_off_can_not_be_cancelled(trait, reason):
    event = EventFactory(**{trait: True})
    registration = RegistrationFactory(event=event, confirmed=True)

    outcome = door.cancel(link(registration, Purpose.MANAGE))

    assert outcome == (registration.pk, event.pk, "confirmed", reason, False, 0)
    assert counted(event) == (1, 0)


def test_one_can_cancel_after_registration_has_closed():
    registration = RegistrationFactory(event=EventFactory(closed=True), confirmed=True)

    assert door.cancel(link(registration, Purpose.MANAGE)).changed


def test_a_registrant_changes_what_they_told(event, started):
    registration = RegistrationFactory(event=event, confirmed=True, name="Ana", role="Formand")
    email = registration.email

    outcome = door.answer(
        link(registration, Purpose.MANAGE),
        {
            "organisation": "Æblehaven",
            "needs": "Plads til kørestol",
            "email": "mallory@example.org",
            "status": "cancelled",
        },
    )

    registration.refresh_from_db()
    assert outcome.changed
    assert (registration.organisation, registration.role, registration.needs) == (
        "Æblehaven",
        "Formand",
        "Plads til kørestol",
    )
    assert (registration.email, registration.status) == (email, "confirmed")
    assert not started


def test_an_answer_that_is_too_long_is_cut(event):
    registration = RegistrationFactory(event=event, confirmed=True)

    door.answer(link(registration, Purpose.MANAGE), {"organisation": "o" * 999, "role": "r" * 999, "needs": "n" * 999})

    registration.refresh_from_db()
    assert [len(registration.organisation), len(registration.role), len(registration.needs)] == [140, 140, 500]


def test_answers_take_the_place_of_the_old_but_only_to_what_the_event_asks_now(event):
    kept, asked = (Question.objects.create(event=event, label=label) for label in ("Før?", "Nu?"))
    Question.objects.filter(pk=kept.pk).update(retired_at=timezone.now())
    foreign = Question.objects.create(event=EventFactory(), label="Der?")
    registration = RegistrationFactory(event=event, confirmed=True, answers={kept.key: "a", asked.key: "b"})
    h = link(registration, Purpose.MANAGE)

    door.answer(h, {"answers": {kept.key: "x", asked.key: ["c", "d"], foreign.key: "y", "z": 1}})
    door.answer(h, {"needs": "Tegnsprog"})

    seen = door.view(h)
    assert seen.answers == {kept.key: "a", asked.key: ["c", "d"]}
    assert [(question, question.event) for question in seen.questions] == [(kept, event), (asked, event)]
    assert (seen.asked, [said.words for said in seen.said]) == ([asked], ["a", "c, d"])
    registration.refresh_from_db()
    assert registration.answers == seen.answers


def test_an_answer_that_is_left_out_is_gone(event):
    question = Question.objects.create(event=event, label="Nu?")
    registration = RegistrationFactory(event=event, confirmed=True, answers={question.key: 4})

    door.answer(link(registration, Purpose.MANAGE), {"answers": {}})

    registration.refresh_from_db()
    assert registration.answers == {}


def test_a_cancelled_registration_takes_no_answers(event):
    registration = RegistrationFactory(event=event, status=Status.CANCELLED)

    outcome = door.answer(link(registration, Purpose.MANAGE), {"needs": "x"})

    registration.refresh_from_db()
    assert (outcome.changed, registration.needs) == (False, "")
