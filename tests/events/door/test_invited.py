"""Answering an invitation through the door: one contract for both backends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.door import invited as door
from events.door import own
from events.models import Event, Invitation, Refusal, Registration, person_key
from events.services import seats, tokens
from tests.events.factories import EventFactory, InvitationFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

ANA = {"name": "Ana Ærø", "organisation": "Foreningen Åben Dør", "needs": "Plads til kørestol", "answers": {}}
LIBRARY = {"name": "Bo", "email": "Bo@Example.org", "answers": {}}


def link(invitation):
    return tokens.digest(tokens.issue(invitation, "invited"))


@pytest.fixture
def closed_event(db):
    return EventFactory(by_invitation=True, seats=1)


@pytest.fixture
def invitation(closed_event):
    return InvitationFactory(event=closed_event, name="Ana", email="Ana@example.org", sent=True)


@pytest.fixture
def free(closed_event):
    return InvitationFactory(event=closed_event, sent=True, uses=2)


def test_the_link_tells_of_a_closed_event_with_its_seats_programme_and_questions(invitation, closed_event):
    closed_event.agenda.create(day=1, at="16:30", title="Kaffe")
    question = closed_event.questions.create(label="Hvad vil du?")

    seen = door.view(link(invitation))

    assert (seen.event, seen.event.title, seen.event.seats.left) == (closed_event, closed_event.title, 1)
    assert [item.title for item in seen.event.agenda.all()] == ["Kaffe"]
    assert (list(seen.event.held.all()), seen.questions, seen.registered, seen.used) == ([], [question], "", 0)
    assert seen.invitation == invitation and seen.invitation.email == "Ana@example.org"


def test_a_yes_takes_a_seat_at_the_address_invited_without_another_mail_to_confirm(invitation, closed_event, started):
    closed_event.needs_approval = True
    closed_event.save()

    outcome = door.accept(link(invitation), {**ANA, "email": "other@example.org"}, language="en")

    registration = Registration.objects.get()
    assert outcome == (registration.pk, closed_event.pk, "confirmed", "", True, 0)
    assert (registration.email, registration.folded_key) == (
        "Ana@example.org",
        person_key(ANA["name"], "ana@example.org"),
    )
    assert (registration.name, registration.needs, registration.language) == (ANA["name"], ANA["needs"], "en")
    assert registration.invitation == invitation and registration.consent_at and registration.confirmed_at
    assert started == [("events.registration_confirmed", registration.pk)]
    closed_event.seats.refresh_from_db()
    assert closed_event.seats.taken == 1
    assert door.view(link(invitation)).registered == "confirmed"
    assert Invitation.objects.get().status == "accepted"


def test_a_second_yes_changes_nothing_and_says_how_it_stands(invitation):
    first = door.accept(link(invitation), ANA, language="da")
    second = door.accept(link(invitation), {**ANA, "name": "Bo"}, language="da")

    assert second == first._replace(changed=False)
    assert Registration.objects.count() == 1


def test_a_yes_to_a_full_event_is_a_place_in_the_queue(invitation, closed_event):
    RegistrationFactory(event=closed_event, confirmed=True)

    assert door.accept(link(invitation), ANA, language="da").status == "waiting"


def test_seats_held_for_a_kind_of_partner_are_theirs_who_accept(invitation, closed_event):
    closed_event.held.create(kind="housing", seats=1, release_at=timezone.now() + timedelta(days=3))
    closed_event.seats.held = 1
    closed_event.seats.save()

    assert door.accept(link(invitation), {**ANA, "partner_kind": "housing"}, language="da").status == "confirmed"
    closed_event.seats.refresh_from_db()
    assert (closed_event.seats.taken, closed_event.seats.held) == (1, 0)


def test_who_has_registered_already_is_told_so(invitation, closed_event):
    RegistrationFactory(event=closed_event, name="ana", email="ana@EXAMPLE.org", confirmed=True)

    outcome = door.accept(link(invitation), {**ANA, "name": "Ana"}, language="da")

    assert (outcome.reason, outcome.changed) == (Refusal.ALREADY_REGISTERED, False)


def test_after_cancelling_one_may_say_yes_again(invitation):
    door.accept(link(invitation), ANA, language="da")
    Registration.objects.update(status="cancelled")

    assert door.accept(link(invitation), {**ANA, "name": "Ana B"}, language="da").changed


def test_answers_to_what_is_not_asked_are_left_out(invitation, closed_event):
    asked, retired = closed_event.questions.create(label="Ja?"), closed_event.questions.create(label="Nej?")
    closed_event.questions.filter(pk=retired.pk).update(retired_at=timezone.now())

    door.accept(link(invitation), {**ANA, "answers": {asked.key: "Ro", retired.key: "x", "0": "y"}}, language="da")

    assert Registration.objects.get().answers == {asked.key: "Ro"}


def test_a_no_is_kept_with_its_words_and_can_become_a_yes(invitation):
    outcome = door.decline(link(invitation), "Jeg rejser.")

    assert (outcome.status, outcome.changed) == ("declined", True)
    assert not door.decline(link(invitation), "Igen").changed
    assert Invitation.objects.get().words == "Jeg rejser."
    assert door.accept(link(invitation), ANA, language="da").status == "confirmed"


def test_somebody_else_can_be_named_once(invitation, started):
    outcome = door.name_another(link(invitation), "Bo Å", "bo@example.org")

    assert (outcome.status, outcome.changed) == ("named", True)
    assert started == [("events.invitation_named", invitation.pk)]
    assert door.name_another(link(invitation), "Cil", "cil@example.org").reason == Refusal.PASSED_ON
    assert door.accept(link(invitation), ANA, language="da").reason == Refusal.PASSED_ON
    assert door.decline(link(invitation), "").reason == Refusal.PASSED_ON
    named = Invitation.objects.get()
    assert (named.named_name, named.named_email) == ("Bo Å", "bo@example.org")


def test_one_who_has_a_seat_names_nobody_and_says_no_by_cancelling(invitation):
    door.accept(link(invitation), ANA, language="da")

    assert door.name_another(link(invitation), "Bo", "bo@example.org").reason == Refusal.ALREADY_REGISTERED
    assert door.decline(link(invitation), "").reason == Refusal.ALREADY_REGISTERED


def test_an_invitation_is_handed_on_twice_at_most(invitation):
    Invitation.objects.update(hands=2)

    assert door.name_another(link(invitation), "Bo", "bo@example.org") is None


def test_a_link_of_several_seats_takes_as_many_registrations_and_each_confirms(free, started):
    first = door.propose(link(free), LIBRARY, language="da")
    door.propose(link(free), {**LIBRARY, "name": "Cil"}, language="da")
    third = door.propose(link(free), {**LIBRARY, "name": "Dan"}, language="da")

    assert (third.reason, third.changed) == (Refusal.USED_UP, False)
    assert started[0] == ("events.registration_received", first.registration_id)
    registration = Registration.objects.get(pk=first.registration_id)
    assert (registration.status, registration.folded_key) == ("pending", person_key("Bo", "bo@example.org"))
    assert door.view(link(free)).used == 2 and door.view(link(free)).left == 0


def test_a_registration_that_is_given_up_leaves_its_use_to_another(free):
    door.propose(link(free), LIBRARY, language="da")
    door.propose(link(free), {**LIBRARY, "name": "Cil"}, language="da")
    Registration.objects.filter(name="Bo").update(status="cancelled")

    assert door.propose(link(free), {**LIBRARY, "name": "Dan"}, language="da").changed


def test_each_link_does_only_what_it_is_for(invitation, free):
    assert door.propose(link(invitation), LIBRARY, language="da") is None
    assert door.accept(link(free), ANA, language="da") is None
    assert door.decline(link(free), "") is None
    assert door.name_another(link(free), "Bo", "bo@example.org") is None


@pytest.mark.parametrize(
    ("trait", "reason"),
    [("cancelled", Refusal.EVENT_CANCELLED), ("past", Refusal.STARTED), ("closed", Refusal.CLOSED)],
)
def test_nobody_comes_to_what_is_over_called_off_or_closed(trait, reason):
    invitation = InvitationFactory(event=EventFactory(by_invitation=True, **{trait: True}), sent=True)

    assert door.accept(link(invitation), ANA, language="da").reason == reason
    assert door.name_another(link(invitation), "Bo", "bo@example.org").reason == reason
    assert door.decline(link(invitation), "").reason == ("" if trait == "closed" else reason)
    assert not Registration.objects.exists()


def test_a_withdrawn_invitation_tells_nothing_of_the_event_and_does_nothing(invitation):
    h = link(invitation)
    Invitation.objects.update(status="withdrawn")

    seen = door.view(h)

    assert (seen.event, seen.questions, seen.registered) == (None, [], "")
    assert door.accept(h, ANA, language="da") is None
    assert door.decline(h, "").reason == Refusal.WITHDRAWN
    assert door.name_another(h, "Bo", "bo@example.org").reason == Refusal.WITHDRAWN


def test_a_link_nobody_was_sent_opens_nothing(closed_event):
    assert door.view("0" * 64) is None
    assert door.accept("0" * 64, ANA, language="da") is None
    assert door.propose("0" * 64, LIBRARY, language="da") is None
    assert door.decline("0" * 64, "") is None
    assert door.name_another("0" * 64, "Bo", "bo@example.org") is None
    assert Event.objects.count() == 1


# Where the seat went to a colleague


def given_away(registration_id):
    """Hand the seat to a colleague; returns the colleague's row."""
    giver = Registration.objects.get(pk=registration_id)
    swap = own.swap(tokens.digest(tokens.issue(giver, "manage")), {"name": "Cil", "email": "cil@example.org"})
    colleague = Registration.objects.get(pk=swap.registration_id)
    assert own.take_over(tokens.digest(tokens.issue(colleague, "swap")), True).status == "confirmed"
    colleague.refresh_from_db()
    return colleague


@pytest.mark.parametrize(
    "answer",
    [
        lambda h: door.accept(h, ANA, language="da"),
        lambda h: door.decline(h, "Nej"),
        lambda h: door.name_another(h, "Dan", "dan@example.org"),
    ],
    ids=["yes", "no", "another"],
)
def test_who_gave_the_seat_to_a_colleague_has_passed_the_invitation_on(invitation, closed_event, started, answer):
    h = link(invitation)
    colleague = given_away(door.accept(h, ANA, language="da").registration_id)
    started.clear()

    outcome = answer(h)

    assert (outcome.changed, outcome.reason) == (False, Refusal.PASSED_ON)
    assert list(closed_event.registrations.live()) == [colleague]
    assert door.view(h).registered == "swapped" and colleague.invitation is None
    assert started == []
    invitation.refresh_from_db()
    assert invitation.status == "accepted"


def test_the_use_of_a_link_of_several_seats_goes_to_the_colleague_with_the_seat(free):
    made = door.propose(link(free), LIBRARY, language="da").registration_id
    seats.confirm(made, now=timezone.now())

    colleague = given_away(made)

    assert colleague.invitation == free
    assert (door.view(link(free)).used, door.view(link(free)).registered) == (1, "")
    seats.cancel(colleague.pk, now=timezone.now())
    assert door.view(link(free)).used == 0
