"""From a click to the letter in the mailbox: queue, tasks, gate, outbox and sending are the real ones."""

import re
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.core import mail
from django.template.loader import get_template
from django.urls import resolve
from django.utils import timezone, translation

from events import door, tasks
from events.mail import KINDS, tell
from events.models import Event, Registration
from events.services import planning, tokens, waiting_list
from events.services.mails_again import TRUE_FOR
from events.services.registering import propose, register_by_officer
from outreach.design.templatetags.design_tags import longdate
from outreach.mail.models import OutboxMessage
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

Status = Registration.Status
pytestmark = pytest.mark.django_db

ANA = {"name": "Ana Ærø", "email": "ana@example.org", "needs": "Plads til kørestol"}


@pytest.fixture
def post(work):
    """``post()`` runs the worker and returns the letters sent since the last call."""

    def post():
        work()
        letters, mail.outbox[:] = list(mail.outbox), []
        return letters

    return post


@pytest.fixture
def ana(event, post):
    """Ana, who has a seat and has had her mails."""
    registration = register_by_officer(event, ANA, officer=event.owner, now=timezone.now())
    post()
    return registration


def link_in(letter, purpose):
    """The hash of the personal link, which leads to the page for this purpose."""
    [(path, token)] = re.findall(r"http://[^/\s]+(/\S+/([\w-]{43})/)", letter.body.split("\n-- \n")[0])
    with translation.override("en" if path.startswith("/en/") else "da"):
        assert resolve(path, urlconf="outreach.urls.public").view_name == f"events:{purpose}"
    return tokens.digest(token)


def entry_in(letter):
    """The calendar entry that came with the letter, and its method."""
    inside, part = [part for part in letter.message().walk() if part.get_content_type() == "text/calendar"]
    assert inside.get_payload(decode=True) == part.get_payload(decode=True)
    calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
    assert part.get_param("method") == calendar["METHOD"]
    [entry] = calendar.walk("VEVENT")
    return calendar["METHOD"], entry


def has_entry(letter):
    return any(part.get_content_type() == "text/calendar" for part in letter.message().walk())


def test_the_whole_way_from_a_proposal_to_a_freed_seat(post):
    event = EventFactory(seats=1)
    first = propose(event, ANA, language="da", now=timezone.now())
    second = propose(event, {"name": "Ben", "email": "ben@example.org"}, language="en", now=timezone.now())

    asked_first, asked_second = post()
    assert door.confirm(link_in(asked_first, "confirm")).status == "confirmed"
    assert door.confirm(link_in(asked_second, "confirm")).status == "waiting"

    seat, queue = post()
    assert seat.subject == "Du har en plads: Netværksmøde"
    assert queue.subject == "You are on the waiting list: Netværksmøde"
    assert "You are number 1 on the waiting list." in queue.body
    door.cancel(link_in(seat, "manage"))

    cancelled, offer = post()
    assert (cancelled.to, offer.to) == ([first.email], [second.email])
    assert door.offer(link_in(offer, "offer"), True).status == "confirmed"

    [seat] = post()
    assert (seat.to, seat.subject) == ([second.email], "You have a seat: Netværksmøde")
    event.seats.refresh_from_db()
    assert (event.seats.taken, event.seats.waiting) == (1, 0)


def test_the_mail_to_confirm_repeats_nothing_that_was_typed(event, post):
    """Anyone can write anyone's address: the mail must not carry a stranger's words."""
    propose(event, {**ANA, "organisation": "Køb nu", "role": "Chef"}, language="da", now=timezone.now())

    [letter] = post()

    whole = letter.message().as_string() + letter.body
    assert not [word for word in ("Ana", "Køb nu", "Chef", "kørestol") if word in whole]


@pytest.mark.parametrize(
    ("closes_in", "promised_in"), [(timedelta(days=3), timedelta(days=3)), (timedelta(days=20), timedelta(days=7))]
)
def test_the_mail_to_confirm_promises_no_more_than_the_event_keeps(post, closes_in, promised_in):
    now = timezone.now()
    event = EventFactory(registration_closes_at=now + closes_in)
    propose(event, ANA, language="da", now=now)

    [letter] = post()

    assert f"Linket virker til {longdate(now + promised_in)} kl. " in letter.body


def test_a_late_press_on_the_button_is_told_that_the_event_has_closed(event, post):
    propose(event, ANA, language="da", now=timezone.now())
    [letter] = post()
    Event.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now() - timedelta(hours=1))

    assert door.confirm(link_in(letter, "confirm")).reason == "closed"


def test_one_who_is_registered_already_gets_a_mail_that_says_so(event, ana, post):
    proposal = propose(event, {**ANA, "name": "ana aeroe"}, language="da", now=timezone.now())

    [letter] = post()

    assert letter.subject == "Din tilmelding: Netværksmøde"
    assert "Du har en plads." in letter.body
    assert door.view(link_in(letter, "manage")).registration_id == ana.pk
    assert not Registration.objects.filter(pk=proposal.pk).exists()


def test_the_seat_comes_with_an_entry_for_the_calendar(event, post):
    registration = register_by_officer(event, ANA, officer=event.owner, now=timezone.now())

    [letter] = post()

    method, entry = entry_in(letter)
    assert (method, str(entry["ATTENDEE"])) == ("REQUEST", "mailto:ana@example.org")
    assert entry["UID"].startswith(str(registration.pk))
    assert entry.start == event.starts_at.replace(microsecond=0)


def test_a_place_in_the_queue_comes_without_an_entry(full_event, post):
    register_by_officer(full_event, ANA, officer=full_event.owner, now=timezone.now())

    [letter] = post()

    assert not has_entry(letter)


def test_who_cancels_a_seat_gets_the_entry_taken_out(event, ana, post):
    door.cancel(tokens.digest(tokens.issue(ana, "manage")))

    [letter] = post()

    assert letter.subject == "Du har meldt afbud: Netværksmøde"
    assert "Tilmeld dig igen:" in letter.body
    assert (entry_in(letter)[0], entry_in(letter)[1]["UID"]) == ("CANCEL", f"{ana.pk}@127.0.0.1")


def test_who_leaves_the_queue_has_no_entry_to_take_out(full_event, post):
    waiting = register_by_officer(full_event, ANA, officer=full_event.owner, now=timezone.now())
    post()
    door.cancel(tokens.digest(tokens.issue(waiting, "manage")))

    [letter] = post()

    assert not has_entry(letter)


def test_an_offer_that_lapses_is_told_and_the_next_gets_it(post):
    event = EventFactory(seats=1, waiting=2)
    first, second = event.registrations.waiting()
    waiting_list.offer_free_seats(event, now=timezone.now())
    post()
    event.registrations.offered().update(offer_expires_at=timezone.now())
    waiting_list.expire_offers(timezone.now())

    lapsed, offer = post()

    assert (lapsed.to, lapsed.subject) == ([first.email], "Pladsen er gået videre: Netværksmøde")
    assert (offer.to, offer.subject) == ([second.email], "Der er en plads til dig: Netværksmøde")


def test_a_moved_event_tells_all_who_come_or_wait_with_the_new_time(event, ana, post):
    RegistrationFactory(event=event, waiting=True, email="ben@example.org")
    RegistrationFactory(event=event, email="pending@example.org")
    planning.change(
        event, {"starts_at": event.starts_at + timedelta(hours=1)}, officer=event.owner, now=timezone.now()
    )

    letters = {letter.to[0]: letter for letter in post()}

    assert letters.keys() == {"ana@example.org", "ben@example.org"}
    method, entry = entry_in(letters["ana@example.org"])
    assert (method, entry["SEQUENCE"]) == ("REQUEST", 1)
    assert entry.start == (event.starts_at + timedelta(hours=1)).replace(microsecond=0)
    assert not has_entry(letters["ben@example.org"])
    assert "Du står stadig på venteliste." in letters["ben@example.org"].body


def test_a_seat_given_back_by_the_silent_leaves_their_calendar(event, ana, post):
    Registration.objects.filter(pk=ana.pk).update(status=Status.RELEASED)
    tasks.registration_released.func(str(ana.pk))

    [letter] = post()

    method, entry = entry_in(letter)
    assert (method, entry["STATUS"], entry["SEQUENCE"]) == ("CANCEL", "CANCELLED", event.sequence + 1)
    assert entry["UID"].startswith(str(ana.pk))
    assert str(entry["ATTENDEE"]) == "mailto:ana@example.org"


def test_a_change_of_place_or_title_renews_the_entry_that_is_there(event, ana, post):
    facts = {"public_title": "Dialogmøde", "venue_name": "Et andet sted"}
    planning.change(event, facts, officer=event.owner, now=timezone.now())

    [letter] = post()

    method, entry = entry_in(letter)
    assert (method, entry["SEQUENCE"], str(entry["SUMMARY"])) == ("REQUEST", event.sequence + 1, "Dialogmøde")
    assert entry["UID"].startswith(str(ana.pk))
    assert {name: entry["ATTENDEE"].params[name] for name in ("PARTSTAT", "RSVP")} == {
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }


def test_two_changes_before_the_mail_goes_are_one_mail(event, ana, post):
    for hours in (1, 2):
        planning.change(
            event, {"starts_at": event.starts_at + timedelta(hours=hours)}, officer=event.owner, now=timezone.now()
        )

    assert len(post()) == 1


def test_a_cancelled_event_tells_everybody_once(event, ana, post):
    RegistrationFactory(event=event, waiting=True, email="ben@example.org")
    planning.cancel_event(event, officer=event.owner, now=timezone.now())

    letters = {letter.to[0]: letter for letter in post()}

    assert letters.keys() == {"ana@example.org", "ben@example.org"}
    assert entry_in(letters["ana@example.org"])[0] == "CANCEL"
    assert not has_entry(letters["ben@example.org"])


@pytest.mark.parametrize(
    ("task", "status"), [(tasks.event_cancelled, "confirmed"), (tasks.registration_cancelled, "cancelled")]
)
def test_the_entry_leaves_the_calendar_though_the_outbox_has_forgotten_that_it_was_sent(task, status, post):
    long_ago = timezone.now() - timedelta(days=200)
    event = EventFactory(starts_at=timezone.now() + timedelta(days=30), status="cancelled")
    guest = RegistrationFactory(event=event, confirmed=True, created_at=long_ago, confirmed_at=long_ago)
    Registration.objects.filter(pk=guest.pk).update(status=status)

    task.func(str(event.pk if status == "confirmed" else guest.pk))

    [letter] = post()
    assert (entry_in(letter)[0], entry_in(letter)[1]["UID"]) == ("CANCEL", f"{guest.pk}@127.0.0.1")


def test_an_entry_that_came_with_the_mail_of_a_change_is_taken_out_when_one_cancels(event, post):
    guest = RegistrationFactory(event=event, confirmed=True)
    tasks.event_changed.func(str(event.pk), event.sequence, timezone.now().isoformat())
    post()
    door.cancel(tokens.digest(tokens.issue(guest, "manage")))

    [letter] = post()

    assert entry_in(letter)[0] == "CANCEL"


def test_every_task_can_run_twice(event, ana, post):
    waiting = RegistrationFactory(event=event, waiting=True)
    for task, arguments in [
        (tasks.registration_received, [ana.pk]),
        (tasks.registration_confirmed, [ana.pk]),
        (tasks.registration_confirmed, [waiting.pk]),
        (tasks.registration_cancelled, [ana.pk]),
        (tasks.seat_offered, [waiting.pk]),
        (tasks.offer_lapsed, [waiting.pk]),
        (tasks.event_changed, [event.pk, event.sequence, timezone.now().isoformat()]),
        (tasks.event_cancelled, [event.pk]),
    ]:
        task.func(*map(str, arguments[:1]), *arguments[1:])
        written = OutboxMessage.objects.count()
        task.func(*map(str, arguments[:1]), *arguments[1:])

        assert OutboxMessage.objects.count() == written


def test_who_has_no_address_gets_no_mail(event, post):
    register_by_officer(event, {"name": "Ben"}, officer=event.owner, now=timezone.now())

    assert post() == []


def test_no_link_and_no_need_is_stored_with_a_mail(event, ana):
    token = tokens.issue(ana, "manage")

    stored = str(list(OutboxMessage.objects.values()))
    assert token not in stored
    assert "kørestol" not in stored


# Each text, read


def make_true(kind, registration):
    """Bring about what a mail of this kind says, so that it is sent."""
    if kind == "events.event_cancelled":
        Event.objects.filter(pk=registration.event_id).update(status="cancelled")
    elif registration.status not in TRUE_FOR[kind]:
        Registration.objects.filter(pk=registration.pk).update(status=next(iter(TRUE_FOR[kind])))


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_every_kind_has_a_neutral_subject_and_names_time_and_place(kind, language, post):
    event = EventFactory(
        title="Forebyggelse af ekstremisme",
        starts_at=datetime(2027, 12, 2, 15, 30, tzinfo=UTC),
        ends_at=datetime(2027, 12, 2, 18, 0, tzinfo=UTC),
    )
    registration = RegistrationFactory(event=event, offered=True, language=language, **ANA)
    tell(kind, registration, still_open=True)
    make_true(kind, registration)

    [letter] = post()

    day, hours = {"da": ("2. december 2027", "16.30–19.00"), "en": ("2 December 2027", "16:30–19:00")}[language]
    assert letter.subject.endswith(": Netværksmøde")
    assert "kstremisme" not in letter.message().as_string() + letter.body
    assert day in letter.body
    assert hours in letter.body
    assert "Foreningshuset Åen, Eksempelvej 4, 8000 Aarhus C" in letter.body
    assert "\n\n\n" not in letter.body
    assert "{" not in letter.body
    assert "kørestol" not in letter.body + letter.subject


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.name != "events.confirm"], ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    ("language", "promise"), [("da", "Vi gemmer dine oplysninger til"), ("en", "We keep your details until")]
)
def test_every_mail_says_how_long_we_keep_the_details(kind, language, promise):
    assert promise in get_template(kind.template(language, "body")).template.source


def test_an_event_over_two_days_names_both(post):
    event = EventFactory(
        starts_at=datetime(2027, 12, 2, 15, 30, tzinfo=UTC), ends_at=datetime(2027, 12, 3, 11, 0, tzinfo=UTC)
    )
    register_by_officer(event, ANA, officer=OfficerFactory(), now=timezone.now())

    [letter] = post()

    assert "Torsdag den 2. december 2027 kl. 16.30 til fredag den 3. december 2027 kl. 12.00" in letter.body


def test_details_are_kept_half_a_year_after_the_event():
    registration = Registration(event=Event(ends_at=datetime(2026, 12, 2, 18, tzinfo=UTC)))

    assert registration.kept_until == datetime(2027, 6, 3, 18, tzinfo=UTC)
