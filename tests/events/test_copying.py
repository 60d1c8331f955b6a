"""A copy has everything that was planned, on another day, and nobody who came."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, HeldSeats
from events.services import capacity, copying
from outreach.accounts.models import Team
from tests.events.factories import EventFactory, OfficerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
IN_SUMMER = date(2027, 6, 2)
COPIED = ("title", "public_title", "kind", "audiences", "summary", "text_before", "venue_name", "interpreter")


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def event():
    """On a winter day at half past four."""
    return EventFactory(
        starts_at=datetime(2026, 12, 2, 15, 30, tzinfo=UTC),
        registration_closes_at=datetime(2026, 11, 30, 11, 0, tzinfo=UTC),
        audiences=["faith"],
        interpreter="arabisk",
        text_before="Vi mødes.",
        registered=2,
        waiting=1,
        sequence=3,
        ics_text="BEGIN:VEVENT",
    )


def copy(event, officer, day=IN_SUMMER):
    return copying.copy(event, day=day, officer=officer, now=NOW)


def test_a_copy_is_a_draft_of_the_officers_with_the_same_facts_and_nobody_registered(event, officer):
    made = copy(event, officer)

    assert [getattr(made, name) for name in COPIED] == [getattr(event, name) for name in COPIED]
    assert (made.status, made.owner, made.sequence, made.ics_text) == (Event.Status.DRAFT, officer, 0, "")
    assert (made.registrations.count(), made.seats.capacity, made.seats.taken, made.seats.waiting) == (0, 10, 0, 0)


def test_a_copy_is_found_at_an_address_of_its_own_and_has_a_calendar_entry_of_its_own(event, officer):
    made = copy(event, officer)

    assert made.pk != event.pk
    assert made.slug == "netvaerksmoede-2027-06-02"


def test_every_moment_keeps_its_hour_in_summer_and_winter(event, officer):
    made = copy(event, officer)

    hours = [f"{timezone.localtime(moment):%d.%m. %H:%M}" for moment in (made.starts_at, made.ends_at, made.closes_at)]
    assert hours == ["02.06. 16:30", "02.06. 19:30", "31.05. 12:00"]


def test_the_seats_held_are_held_again_until_as_long_before(event, officer):
    released = HeldSeats(event=event, kind="faith", seats=4, taken=1, released=True)
    released.release_at = NOW - timedelta(days=2)
    released.save()

    plan = capacity.current(copy(event, officer))

    assert plan.held == {"faith": 4}
    assert timezone.localdate(plan.release_at) == date(2027, 5, 22)


def test_seats_an_officer_let_go_of_are_not_held_again(event, officer):
    later = NOW + timedelta(days=2)
    HeldSeats.objects.create(event=event, kind="faith", seats=4, released=True, release_at=later)

    assert capacity.current(copy(event, officer)).held == {}


def test_a_cancelled_event_can_be_copied(officer):
    assert copy(EventFactory(cancelled=True), officer).status == Event.Status.DRAFT


def test_the_team_comes_along_if_the_officer_is_in_it(event, officer):
    event.team = Team.objects.create(name="Team Østjylland")
    alone = copy(event, officer)
    officer.teams.add(event.team)

    assert (alone.team, copy(event, officer).team) == (None, event.team)


def test_a_copy_sent_twice_is_made_once(client, officer):
    client.force_login(officer)
    event = EventFactory(owner=officer)
    typed = {"day": timezone.localdate() + timedelta(days=90), "form_key": str(uuid4())}

    first, second = (client.post(reverse("events_workspace:copy", args=[event.pk]), typed) for _ in range(2))

    made = Event.objects.exclude(pk=event.pk).get()
    assert first.headers["Location"] == second.headers["Location"]
    assert first.headers["Location"] == reverse("events_workspace:event", args=[made.pk])


@pytest.mark.parametrize("days", [-1, 0, 4000])
def test_a_day_that_cannot_be_is_refused_in_words(client, officer, days):
    client.force_login(officer)
    event = EventFactory(owner=officer)
    day = timezone.localdate() + timedelta(days=days)

    page = client.post(reverse("events_workspace:copy", args=[event.pk]), {"day": day})

    assert (page.status_code, Event.objects.count()) == (422, 1)
    assert "day" in page.context["form"].errors
