from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from events.models import Refusal, Registration, WrongMove, person_key
from events.services import registering, seats, waiting_list
from events.services.registering import Refused, propose, register_by_officer
from outreach.privacy.retention import RULES
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

Status = Registration.Status
pytestmark = pytest.mark.django_db

ANA = {"name": " Ana Ærø ", "email": "ana@example.org", "organisation": "Æblehaven", "role": "Formand", "needs": ""}


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def officer():
    return OfficerFactory()


# A visitor


def test_a_proposal_holds_no_seat_and_starts_the_mail_to_confirm(event, started, now):
    registration = propose(event, ANA, language="en", now=now)

    registration.refresh_from_db()
    event.seats.refresh_from_db()
    assert (registration.status, registration.name, registration.language) == ("pending", "Ana Ærø", "en")
    assert registration.created_at == registration.consent_at == now
    assert event.seats.taken == 0
    assert started == [("events.registration_received", registration.pk)]


def test_a_proposal_is_one_insert_without_reading_anything(event, started, now, django_assert_num_queries):
    with django_assert_num_queries(1) as queries:
        propose(event, ANA, language="da", now=now)

    assert queries[0]["sql"].startswith("INSERT")
    assert "RETURNING" not in queries[0]["sql"]


def test_a_visitor_may_propose_twice_and_learns_nothing_from_it(event, started, now):
    RegistrationFactory(event=event, confirmed=True, name="Ana Ærø", email="ana@example.org")

    assert propose(event, ANA, language="da", now=now).status == "pending"


def test_what_else_is_in_the_form_is_passed_over(event, started, now):
    registration = propose(event, {**ANA, "status": "confirmed", "queue_number": 1}, language="da", now=now)

    assert (registration.status, registration.queue_number) == ("pending", None)


@pytest.mark.parametrize(
    ("trait", "reason"),
    [
        ("draft", Refusal.EVENT_CANCELLED),
        ("cancelled", Refusal.EVENT_CANCELLED),
        ("past", Refusal.STARTED),
        ("closed", Refusal.CLOSED),
    ],
)
def test_one_cannot_register_for_what_is_not_open(trait, reason, started, now):
    with pytest.raises(Refused) as refused:
        propose(EventFactory(**{trait: True}), ANA, language="da", now=now)

    assert refused.value.reason == reason
    assert not Registration.objects.exists()
    assert not started


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Åse Øst", "ase@example.org"), ("aase  oest", " ASE@example.org")),
        (("Jürgen", "j@example.org"), ("JURGEN.", "j@example.org")),
    ],
)
def test_one_person_is_known_by_any_spelling(one, other):
    assert person_key(*one) == person_key(*other)


def test_the_longest_name_and_address_still_fit():
    registration = RegistrationFactory(name="ﷺ" * 120, email="a" * 64 + "@" + "b" * 185 + ".org")

    assert len(registration.folded_key) <= 400


# An officer


def test_who_phones_gets_a_seat_at_once_and_needs_no_mail(event, started, officer, now):
    registration = register_by_officer(event, {"name": "Ben"}, officer=officer, now=now)

    event.seats.refresh_from_db()
    registration.refresh_from_db()
    assert (registration.status, registration.email, registration.registered_by) == ("confirmed", "", officer)
    assert registration.consent_at is None
    assert event.seats.taken == 1


def test_who_phones_when_it_is_full_joins_the_queue(full_event, started, officer, now):
    registration = register_by_officer(full_event, ANA, officer=officer, now=now)

    assert (registration.status, registration.queue_number, registration.place) == ("waiting", 1, 1)
    assert started == [("events.registration_confirmed", registration.pk)]


def test_who_phones_after_closing_still_gets_in(started, officer, now):
    event = EventFactory(closed=True)

    assert register_by_officer(event, ANA, officer=officer, now=now).status == "confirmed"


def test_two_of_one_name_without_mail_are_two_people_when_they_come_from_two_places(event, started, officer, now):
    ali = {"name": "Ali Hassan", "organisation": "Moskeen"}
    register_by_officer(event, ali, officer=officer, now=now)
    register_by_officer(event, {**ali, "organisation": "Boldklubben"}, officer=officer, now=now)

    with pytest.raises(Refused, match=Refusal.ALREADY_REGISTERED):
        register_by_officer(event, {**ali, "name": "ali hassan"}, officer=officer, now=now)


@pytest.mark.parametrize(("chosen", "language"), [("en", "en"), ("", "da")])
def test_who_phones_gets_mails_in_their_own_language(event, started, officer, now, chosen, language):
    assert register_by_officer(event, {**ANA, "language": chosen}, officer=officer, now=now).language == language


@pytest.mark.parametrize(("trait", "reason"), [("cancelled", Refusal.EVENT_CANCELLED), ("past", Refusal.STARTED)])
def test_nobody_is_registered_for_what_is_off_or_over(trait, reason, started, officer, now):
    event = EventFactory(**{trait: True})

    with pytest.raises(Refused, match=reason):
        register_by_officer(event, ANA, officer=officer, now=now)

    event.seats.refresh_from_db()
    assert event.seats.taken == 0


def test_a_person_is_not_registered_twice_by_phone(event, started, officer, now):
    register_by_officer(event, ANA, officer=officer, now=now)

    with pytest.raises(Refused, match=Refusal.ALREADY_REGISTERED):
        register_by_officer(event, {**ANA, "name": "ana aeroe"}, officer=officer, now=now)

    event.seats.refresh_from_db()
    assert event.seats.taken == 1


def test_an_officer_cancels_for_somebody_and_the_seat_is_free(full_event, started, officer, now):
    registration = full_event.registrations.get()

    outcome = registering.cancel(registration, officer=officer, now=now)

    assert (outcome.status, outcome.changed) == ("cancelled", True)
    assert ("events.seat_freed", full_event.pk) in started


# Who is next


def test_a_freed_seat_is_offered_to_the_longest_waiting(started, now):
    event = EventFactory(seats=2, registered=1, waiting=2)
    first, second = event.registrations.waiting()

    assert waiting_list.offer_free_seats(event, now=now) == [first.pk]

    first.refresh_from_db()
    second.refresh_from_db()
    event.seats.refresh_from_db()
    assert (first.status, second.status) == ("offered", "waiting")
    assert first.offer_expires_at == now + timedelta(hours=48)
    assert (event.seats.taken, event.seats.waiting) == (2, 1)
    assert started == [("events.seat_offered", first.pk)]


def test_offering_twice_offers_each_seat_once(started, now):
    event = EventFactory(seats=3, registered=1, waiting=5)

    assert len(waiting_list.offer_free_seats(event, now=now)) == 2
    assert waiting_list.offer_free_seats(event, now=now) == []
    assert len(started) == 2


def test_the_deadline_of_an_offer_is_never_past_the_start(started, now):
    starts_at = now + timedelta(hours=5)
    event = EventFactory(seats=1, waiting=1, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))

    waiting_list.offer_free_seats(event, now=now)

    assert event.registrations.offered().get().offer_expires_at == starts_at


def test_a_seat_freed_after_registration_has_closed_goes_to_the_longest_waiting(started, now):
    event = EventFactory(closed=True, seats=1, waiting=2)
    first = event.registrations.waiting().first()

    assert waiting_list.offer_free_seats(event, now=now) == [first.pk]


@pytest.mark.parametrize("trait", ["cancelled", "past"])
def test_nothing_is_offered_for_an_event_that_does_not_take_place_any_more(trait, started, now):
    event = EventFactory(seats=1, waiting=1, **{trait: True})

    assert waiting_list.offer_free_seats(event, now=now) == []


def test_an_offer_nobody_answers_lapses_and_the_seat_goes_on(started, now):
    event = EventFactory(seats=1)
    lapsed = RegistrationFactory(event=event, offered=True, offer_expires_at=now)
    kept = RegistrationFactory(event=EventFactory(), offered=True, offer_expires_at=now + timedelta(seconds=1))

    assert waiting_list.expire_offers(now) == 1
    assert waiting_list.expire_offers(now) == 0

    lapsed.refresh_from_db()
    kept.refresh_from_db()
    event.seats.refresh_from_db()
    assert (lapsed.status, kept.status, event.seats.taken) == ("expired", "offered", 0)
    assert started == [("events.offer_lapsed", lapsed.pk), ("events.seat_freed", event.pk)]


def test_no_seat_stays_empty_if_a_task_was_lost(started, now):
    event = EventFactory(seats=2, registered=1, waiting=2)
    EventFactory(seats=2, registered=2, waiting=2)

    waiting_list.offer_forgotten_seats(now)

    assert Registration.objects.offered().get().event == event


def test_who_never_confirms_is_forgotten_after_seven_days(now):
    RegistrationFactory(created_at=now - timedelta(days=7))
    kept = RegistrationFactory(created_at=now - timedelta(days=7) + timedelta(seconds=1))
    old_but_confirmed = RegistrationFactory(created_at=now - timedelta(days=90), confirmed=True)

    RULES["events.unconfirmed"].apply(now)

    assert set(Registration.objects.all()) == {kept, old_but_confirmed}


# What cannot happen


@pytest.mark.parametrize(
    ("status", "move"),
    [
        (Status.PENDING, Status.CANCELLED),
        (Status.CONFIRMED, Status.WAITING),
        (Status.CANCELLED, Status.CONFIRMED),
        (Status.WAITING, Status.CONFIRMED),
        (Status.EXPIRED, Status.CONFIRMED),
        (Status.DECLINED, Status.OFFERED),
        (Status.CONFIRMED, Status.CONFIRMED),
    ],
)
def test_a_wrong_move_is_refused_loudly(status, move):
    registration = Registration(status=status)

    with pytest.raises(WrongMove):
        registration.move_to(move)

    assert registration.status == status


def test_the_database_refuses_one_seat_too_many(full_event):
    with pytest.raises(IntegrityError):
        type(full_event.seats).objects.filter(event=full_event).update(taken=2)


def test_the_database_refuses_a_second_live_registration_of_one_person(event):
    RegistrationFactory(event=event, confirmed=True, name="Ana", email="ana@example.org")

    with pytest.raises(IntegrityError):
        RegistrationFactory(event=event, confirmed=True, name="ANA", email="Ana@example.org")


def test_the_database_refuses_a_number_in_the_queue_given_twice(full_event):
    first = RegistrationFactory(event=full_event, waiting=True)

    with pytest.raises(IntegrityError):
        RegistrationFactory(event=full_event, waiting=True, queue_number=first.queue_number)


def test_taking_a_seat_is_one_conditional_update(event):
    registration = RegistrationFactory(event=event)

    with connection.execute_wrapper(only_updates):
        assert seats.take_seat(registration)


def only_updates(execute, sql, params, many, context):
    assert sql.startswith("UPDATE")
    return execute(sql, params, many, context)
