import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from events.models import Event, WrongMove
from events.services import capacity, planning
from events.services.capacity import SeatPlan, TooFewSeats
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
FACTS = {
    "title": "Sådan forebygger vi i Ørby",
    "public_title": "Netværksmøde på Ærø",
    "summary": "Vi mødes.",
    "venue_name": "Salen",
    "starts_at": datetime(2026, 12, 2, 15, 30, tzinfo=UTC),
    "ends_at": datetime(2026, 12, 2, 18, 0, tzinfo=UTC),
}


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def draft(officer, started):
    return planning.plan(FACTS, seats=SeatPlan(10), officer=officer, now=NOW)


@pytest.fixture
def published(draft, officer):
    return planning.publish(draft, officer=officer, now=NOW)


def test_a_planned_event_is_a_draft_with_seats_that_the_officer_owns(draft, officer):
    assert (draft.status, draft.owner, draft.seats.capacity, draft.sequence) == ("draft", officer, 10, 0)


def test_the_address_is_plain_neutral_and_dated(draft):
    assert draft.slug == "netvaerksmoede-paa-aeroe-2026-12-02"


def test_the_same_title_on_the_same_day_gets_an_address_of_its_own(draft, officer):
    more = [planning.plan(FACTS, seats=SeatPlan(1), officer=officer, now=NOW).slug for _ in range(3)]

    assert more == [f"{draft.slug}-2", f"{draft.slug}-3", f"{draft.slug}-4"]


@pytest.mark.parametrize("visibility", ["invitation", "unlisted"])
def test_nobody_can_guess_the_address_of_a_meeting_that_is_not_announced(officer, visibility, started):
    hidden = planning.plan({**FACTS, "visibility": visibility}, seats=SeatPlan(1), officer=officer, now=NOW)
    announced = planning.plan(FACTS, seats=SeatPlan(1), officer=officer, now=NOW)

    assert re.fullmatch(r"netvaerksmoede-paa-aeroe-2026-12-02-[0-9a-f]{8}", hidden.slug)
    assert announced.slug == "netvaerksmoede-paa-aeroe-2026-12-02"


def test_a_title_without_any_plain_letter_still_gets_an_address(officer, started):
    event = planning.plan({**FACTS, "public_title": "العربية"}, seats=SeatPlan(1), officer=officer, now=NOW)

    assert event.slug == "network-meeting-2026-12-02"


def test_publishing_writes_the_calendar_entry(published):
    published.refresh_from_db()
    assert published.status == "published"
    assert f"UID:{published.pk}@" in published.ics_text
    assert "SEQUENCE:0" in published.ics_text
    assert published.slug in published.ics_text.replace("\r\n ", "")


def test_what_is_published_is_not_published_again(published, officer):
    with pytest.raises(WrongMove):
        planning.publish(published, officer=officer, now=NOW)


def test_moving_an_event_raises_the_sequence_and_tells_everybody(published, officer, started):
    later = published.starts_at + timedelta(minutes=30)

    changed = planning.change(published, {"starts_at": later}, officer=officer, now=NOW)

    assert (changed.sequence, changed.starts_at) == (1, later)
    assert "SEQUENCE:1" in changed.ics_text
    assert "DTSTART;TZID=Europe/Copenhagen:20261202T170000" in changed.ics_text
    assert started == [("events.event_changed", published.pk, 1, NOW.isoformat())]


@pytest.mark.parametrize(
    ("field", "value"),
    [("public_title", "Andet"), ("venue_name", "Huset"), ("venue_address", "Vej 1"), ("attendance", "both")],
)
def test_where_and_what_matter_too(published, officer, started, field, value):
    assert planning.change(published, {field: value}, officer=officer, now=NOW).sequence == 1


def test_a_change_no_calendar_shows_tells_nobody(published, officer, started):
    facts = {"summary": "Nyt", "text_before": "Tag bus 4", "starts_at": published.starts_at}

    changed = planning.change(published, facts, officer=officer, now=NOW)

    assert (changed.summary, changed.sequence, started) == ("Nyt", 0, [])


def test_a_draft_changes_without_anybody_hearing_of_it(draft, officer, started):
    changed = planning.change(draft, {"venue_name": "Huset"}, officer=officer, now=NOW)

    assert (changed.sequence, started) == (0, [])


def test_a_cancelled_event_keeps_its_entry_and_everybody_is_told_once(published, officer, started):
    planning.cancel_event(published, officer=officer, now=NOW)

    with pytest.raises(WrongMove):
        planning.cancel_event(published, officer=officer, now=NOW)

    published.refresh_from_db()
    assert (published.status, published.sequence) == ("cancelled", 1)
    assert "STATUS:CANCELLED" in published.ics_text
    assert started == [("events.event_cancelled", published.pk)]


def test_a_cancelled_event_does_not_change(published, officer):
    planning.cancel_event(published, officer=officer, now=NOW)

    with pytest.raises(WrongMove):
        planning.change(published, {"venue_name": "Huset"}, officer=officer, now=NOW)


def test_more_seats_are_offered_to_those_who_wait(full_event, officer, started):
    capacity.resize(full_event, SeatPlan(5), officer=officer)

    full_event.seats.refresh_from_db()
    assert full_event.seats.capacity == 5
    assert started == [("events.seat_freed", full_event.pk)]


def test_seats_are_never_fewer_than_those_taken(officer, started):
    event = EventFactory(seats=10, registered=2)
    RegistrationFactory(event=event, offered=True)

    with pytest.raises(TooFewSeats) as refused:
        capacity.resize(event, SeatPlan(2), officer=officer)

    assert (refused.value.where, refused.value.least) == ("capacity", 3)
    event.seats.refresh_from_db()
    assert event.seats.capacity == 10
    assert not started


def test_the_button_knows_how_many_mails_it_will_send(officer):
    event = EventFactory(registered=2, waiting=1)
    RegistrationFactory(event=event, confirmed=True, email="")
    RegistrationFactory(event=event)

    assert planning.mails_to_send(event) == 3


def test_the_database_refuses_an_event_that_ends_before_it_starts():
    with pytest.raises(IntegrityError):
        EventFactory(ends_at=NOW)


def test_the_database_refuses_registration_after_the_start():
    start = NOW + timedelta(days=1)

    with pytest.raises(IntegrityError):
        EventFactory(starts_at=start, registration_closes_at=start + timedelta(minutes=1))


# Who meets which event


def test_the_public_list_holds_published_public_events_to_come():
    listed = EventFactory()
    for trait in ("draft", "cancelled", "unlisted", "by_invitation", "past"):
        EventFactory(**{trait: True})

    assert list(Event.objects.listed(listed.starts_at - timedelta(hours=1))) == [listed]


def test_a_page_of_its_own_is_for_public_and_unlisted_events():
    shown = {EventFactory(), EventFactory(unlisted=True), EventFactory(cancelled=True), EventFactory(past=True)}
    hidden = {EventFactory(draft=True), EventFactory(by_invitation=True)}

    assert set(Event.objects.with_public_page()) == shown
    assert {event.has_public_page for event in shown} == {True}
    assert {event.has_public_page for event in hidden} == {False}
