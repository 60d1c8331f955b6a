"""What an officer does with an event, and what a colleague outside its team cannot."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Registration
from events.services import swapping
from outreach.accounts.models import Team
from outreach.audit.models import Entry
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db
NEXT_YEAR = timezone.now().year + 1


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def address(name, event, *args):
    return reverse(f"events_workspace:{name}", args=[event.pk, *args])


def facts(**changes):
    return {
        "title": "Netværksmøde om naboskab",
        "public_title": "Netværksmøde 2. december",
        "kind": "network_meeting",
        "summary": "Vi mødes.",
        "language": "da",
        "starts_at": f"{NEXT_YEAR}-12-02T16:30",
        "ends_at": f"{NEXT_YEAR}-12-02T19:00",
        "venue_name": "Foreningshuset Åen",
        "visibility": "public",
        "attendance": "in_person",
        "capacity": "40",
        **changes,
    }


def test_an_officer_plans_and_publishes_an_event(client, officer):
    client.post(reverse("events_workspace:plan"), facts())
    event = Event.objects.get()
    asked = client.post(address("publish", event))
    client.post(address("publish", event), {"seen": [finding.code for finding in asked.context["findings"]]})

    event.refresh_from_db()
    assert (event.owner, event.status, event.seats.capacity) == (officer, Event.Status.PUBLISHED, 40)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_at": f"{NEXT_YEAR}-12-02T16:00"}, "ends_at"),
        ({"registration_closes_at": f"{NEXT_YEAR}-12-03T12:00"}, "registration_closes_at"),
        ({"registration_closes_at": "0001-01-01T00:00"}, "registration_closes_at"),
        ({"starts_at": "2001-12-02T16:30"}, "starts_at"),
        ({"starts_at": "9999-12-02T16:30", "ends_at": "9999-12-02T19:00"}, "starts_at"),
        ({"ends_at": f"{NEXT_YEAR + 9}-12-02T19:00"}, "ends_at"),
        ({"venue_name": ""}, "venue_name"),
        ({"text_before": "Ring til 010190-1234"}, "text_before"),
        ({"capacity": "-1"}, "capacity"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(client, officer, changes, field):
    response = client.post(reverse("events_workspace:plan"), facts(**changes))

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Event.objects.exists()


@pytest.mark.parametrize("moment", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_time_the_clocks_leave_out_or_repeat_is_refused_in_words(client, officer, moment):
    page = client.post(reverse("events_workspace:plan"), facts(starts_at=moment, ends_at="2027-11-01T19:00"))

    assert "Uret stilles den nat" in page.content.decode()
    assert "Europe/Copenhagen" not in page.content.decode()


def test_an_event_sent_twice_is_planned_once_and_leads_to_the_same_page(client, officer):
    typed = facts(form_key=str(uuid4()))

    first, second = (client.post(reverse("events_workspace:plan"), typed) for _ in range(2))

    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"] == address("event", Event.objects.get())


def test_somebody_who_phoned_is_registered_once_however_often_the_form_is_sent(client, officer):
    event, typed = EventFactory(owner=officer), {"name": "Farhan Nørgaard", "form_key": str(uuid4())}
    typed["consent"] = "on"

    first, second = (client.post(address("register", event), typed) for _ in range(2))

    paper = reverse("events_workspace:paper", args=[event.pk, Registration.objects.get().pk])
    assert first.headers["Location"] == second.headers["Location"] == paper


@pytest.mark.parametrize("name", ["plan", "register"])
def test_each_page_of_a_form_brings_a_key_of_its_own(client, officer, name):
    url = reverse("events_workspace:plan") if name == "plan" else address("register", EventFactory(owner=officer))

    pages = [client.get(url) for _ in range(2)]

    keys = [page.context["form"].key for page in pages]
    assert keys[0] != keys[1]
    assert all(f'value="{key}"' in page.content.decode() for key, page in zip(keys, pages, strict=True))


def test_fewer_seats_than_are_taken_are_refused_at_the_field(client, officer):
    event = EventFactory(owner=officer, seats=3, registered=2)

    response = client.post(address("edit", event), facts(capacity="1"))

    event.refresh_from_db()
    assert "capacity" in response.context["form"].errors
    assert (event.seats.capacity, event.title) == (3, EventFactory.build().title)


def test_somebody_who_phoned_gets_a_seat_and_the_officer_hears_it(client, officer):
    event = EventFactory(owner=officer)

    response = client.post(address("register", event), {"name": "Farhan Nørgaard", "consent": "on"}, follow=True)

    assert "Farhan Nørgaard har en plads." in response.content.decode()
    assert Registration.objects.get().registered_by == officer


def test_registering_the_same_person_twice_says_so(client, officer):
    event = EventFactory(owner=officer)
    for _ in range(2):
        response = client.post(address("register", event), {"name": "Farhan Nørgaard", "consent": "on"})

    assert response.status_code == 422
    assert Registration.objects.count() == 1


def test_cancelling_says_how_many_mails_before_it_sends_them(client, officer):
    event = EventFactory(owner=officer, registered=2)

    text = client.get(address("cancel", event)).content.decode()

    assert "Du sender 2 mails: 2 på dansk." in text
    assert "Aflys og send 2 mails" in text
    event.refresh_from_db()
    assert event.status == Event.Status.PUBLISHED


def test_the_list_of_registrations_is_recorded_as_read(client, officer):
    event = EventFactory(owner=officer)
    registration = RegistrationFactory(event=event, confirmed=True)

    client.get(address("event", event))

    assert str(registration.pk) in Entry.objects.get(verb="list").ids


@pytest.mark.parametrize("name", ["event", "edit", "publish", "copy", "cancel", "register"])
def test_an_event_of_others_is_as_absent_as_one_that_never_was(client, officer, name):
    foreign = EventFactory()

    found = client.get(address(name, foreign))
    missing = client.get(reverse(f"events_workspace:{name}", args=[uuid4()]))

    assert (
        (found.status_code, len(found.content))
        == (missing.status_code, len(missing.content))
        == (404, len(missing.content))
    )


def test_a_colleague_in_the_team_runs_the_event_too(client, officer):
    team = Team.objects.create(name="Team Østjylland")
    officer.teams.add(team)

    assert client.get(address("event", EventFactory(team=team))).status_code == 200


def test_drafts_and_closed_events_of_others_are_not_in_the_list(client, officer):
    EventFactory(title="Andres udkast", draft=True)
    EventFactory(title="Andres lukkede møde", by_invitation=True)
    EventFactory(title="Andres åbne møde")

    text = client.get(reverse("events_workspace:list")).content.decode()

    assert "Andres åbne møde" in text
    assert "Andres udkast" not in text
    assert "Andres lukkede møde" not in text


def test_the_list_leads_to_the_public_page_of_an_event_that_others_run(client, officer):
    mine, theirs = EventFactory(owner=officer), EventFactory()

    text = client.get(reverse("events_workspace:list")).content.decode()

    assert f'href="{address("event", mine)}"' in text
    assert f'href="{address("event", theirs)}"' not in text
    assert f'href="{reverse("events:event", args=[theirs.slug])}"' in text


def test_a_cancelled_event_cannot_be_changed_and_says_so(client, officer):
    event = EventFactory(owner=officer, cancelled=True)

    response = client.post(address("edit", event), facts(title="Et andet møde"))

    assert response.status_code == 422
    event.refresh_from_db()
    assert event.title != "Et andet møde"


def test_the_names_of_those_to_phone_are_recorded_as_read(client, officer):
    registration = RegistrationFactory(event=EventFactory(owner=officer), confirmed=True, email="")

    assert registration.name in client.get(address("cancel", registration.event)).content.decode()
    assert Entry.objects.get(verb="list").ids == [str(registration.pk)]


def test_a_long_list_of_registrations_asks_no_more_than_a_short_one(client, officer, django_assert_max_num_queries):
    event = EventFactory(owner=officer, registered=40, seats=50)

    with django_assert_max_num_queries(16):
        client.get(address("event", event))


def test_an_officer_sees_who_is_to_take_over_whose_seat_until_it_is_answered(client, officer, started):
    event = EventFactory(owner=officer)
    giver = RegistrationFactory(event=event, confirmed=True, name="Ana Ærø")
    offered = swapping.offer(giver.pk, {"name": "Bo Lind", "email": "bo@example.org"}, now=timezone.now())

    page = client.get(address("event", event)).content.decode()
    assert "Har tilbudt pladsen til Bo Lind, der svarer senest" in page
    assert "Skal overtage pladsen fra Ana Ærø" in page

    Registration.objects.filter(pk=offered.registration_id).update(status="applied", confirmed_at=timezone.now())
    assert "Giver pladsen til Bo Lind, når vi siger ja" in client.get(address("event", event)).content.decode()

    swapping.end(giver.pk, now=timezone.now())
    page = client.get(address("event", event)).content.decode()
    assert "pladsen til Bo Lind" not in page and "pladsen fra Ana" not in page
