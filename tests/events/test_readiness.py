"""What is wrong or odd before publishing, as far as the officer may know, and where to mend it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from events.models import Event, HeldSeats, WrongMove
from events.services import planning, readiness
from outreach.places.models import Municipality, PoliceDistrict
from tests.events.factories import EventFactory, OfficerFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
A_WEDNESDAY = datetime(2026, 12, 2, 15, 30, tzinfo=UTC)
CHRISTMAS_DAY = datetime(2026, 12, 25, 15, 30, tzinfo=UTC)
A_SATURDAY = datetime(2026, 12, 5, 12, 0, tzinfo=UTC)


@pytest.fixture
def officer():
    return OfficerFactory()


@pytest.fixture
def places():
    district = PoliceDistrict.objects.create(name="Østjylland", slug="oestjylland")
    Municipality.objects.create(code="751", name="Aarhus", slug="aarhus", police_district=district)


def ready(officer, **changes):
    """A draft with which nothing is wrong or odd, but for the changes."""
    facts = {
        "draft": True,
        "owner": officer,
        "starts_at": A_WEDNESDAY,
        "text_before": "Vi mødes.",
        "audiences": ["housing"],
        "accessibility": "Adgang uden trin",
        "municipality": Municipality.objects.first(),
    }
    return EventFactory(**facts | changes)


def codes(event, officer):
    return [finding.code for finding in readiness.findings(event, officer, now=NOW)]


def test_nothing_is_said_of_an_event_that_is_ready(officer, places):
    assert codes(ready(officer), officer) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"starts_at": NOW - timedelta(days=1)}, "past"),
        ({"venue_name": ""}, "venue"),
        ({"seats": 0}, "seats"),
        ({"venue_address": ""}, "address"),
        ({"municipality": None}, "municipality"),
        ({"accessibility": ""}, "accessibility"),
        ({"starts_at": CHRISTMAS_DAY}, "holiday-2026-12-25"),
        ({"starts_at": A_SATURDAY, "kind": Event.Kind.COURSE}, "weekend-2026-12-05"),
        ({"registration_closes_at": NOW - timedelta(hours=1)}, "closed"),
        ({"text_before": ""}, "text"),
        ({"audiences": []}, "audiences"),
        ({"title": "Møde om naboskab", "public_title": "Naboskab"}, "neutral"),
    ],
)
def test_each_thing_is_said(officer, places, changes, code):
    assert codes(ready(officer, **changes), officer) == [code]


@pytest.mark.parametrize(
    "changes",
    [
        {"attendance": "online", "venue_name": "", "venue_address": "", "municipality": None, "accessibility": ""},
        {"starts_at": A_SATURDAY, "kind": Event.Kind.NETWORK_MEETING},
        {"title": "Netværksmøde i Huset på onsdag", "public_title": "Netværksmøde onsdag"},
        {"title": "Aften i Foreningshuset Åen", "public_title": "Aften i foreningshuset"},
    ],
)
def test_nothing_is_said_of_what_is_as_it_should_be(officer, places, changes):
    assert codes(ready(officer, **changes), officer) == []


def test_seats_held_until_after_the_start_are_wrong(officer, places):
    event = ready(officer)
    HeldSeats.objects.create(event=event, kind="faith", seats=2, release_at=event.starts_at + timedelta(hours=1))

    assert codes(event, officer) == ["held"]


def test_an_event_of_the_same_day_for_the_same_audience_clashes(officer, places):
    other = EventFactory(starts_at=A_WEDNESDAY - timedelta(hours=6), audiences=["housing", "faith"], title="Formiddag")
    EventFactory(starts_at=A_WEDNESDAY, audiences=["research"])
    EventFactory(starts_at=A_WEDNESDAY + timedelta(days=1), audiences=["housing"])
    EventFactory(starts_at=A_WEDNESDAY, audiences=["housing"], cancelled=True)

    event = ready(officer)

    assert codes(event, officer) == [f"clash-{other.pk}"]
    assert "Formiddag" in readiness.findings(event, officer, now=NOW)[0].said


@pytest.mark.parametrize(("own", "others"), [("housing", "everyone"), ("everyone", "faith")])
def test_an_event_for_everyone_clashes_with_one_for_any_audience(officer, places, own, others):
    other = EventFactory(starts_at=A_WEDNESDAY, audiences=[others])

    assert codes(ready(officer, audiences=[own]), officer) == [f"clash-{other.pk}"]


@pytest.mark.parametrize("hidden", ["draft", "by_invitation"])
def test_an_event_the_officer_may_not_know_of_clashes_with_nothing(officer, places, hidden):
    EventFactory(starts_at=A_WEDNESDAY, audiences=["housing"], **{hidden: True})

    assert codes(ready(officer), officer) == []


def test_an_event_without_audiences_clashes_with_one_of_its_kind(officer, places):
    other = EventFactory(starts_at=A_WEDNESDAY)
    EventFactory(starts_at=A_WEDNESDAY, kind=Event.Kind.COURSE)

    assert codes(ready(officer), officer) == [f"clash-{other.pk}"]


def test_what_is_wrong_is_not_published_whoever_asks(officer, places):
    event = ready(officer, venue_name="")

    with pytest.raises(readiness.NotReady):
        planning.publish(event, officer=officer, now=NOW)

    event.refresh_from_db()
    assert event.status == Event.Status.DRAFT


def test_a_published_event_is_not_looked_at_again(officer):
    with pytest.raises(WrongMove):
        planning.publish(EventFactory(venue_name=""), officer=officer, now=NOW)


# On the screen


def post(client, event, *seen):
    return client.post(reverse("events_workspace:publish", args=[event.pk]), {"seen": seen})


def test_what_is_odd_is_asked_about_once(client, officer, places):
    client.force_login(officer)
    event = EventFactory(draft=True, owner=officer)

    asked = post(client, event)
    event.refresh_from_db()
    assert (asked.status_code, event.status) == (422, Event.Status.DRAFT)

    post(client, event, *[finding.code for finding in asked.context["findings"]])
    event.refresh_from_db()
    assert event.status == Event.Status.PUBLISHED


def test_what_became_odd_meanwhile_is_asked_about_too(client, officer, places):
    client.force_login(officer)
    event = ready(officer, starts_at=EventFactory.build().starts_at, accessibility="", venue_address="")

    assert post(client, event, "address").status_code == 422


def test_what_is_wrong_has_no_button_to_publish_all_the_same(client, officer):
    client.force_login(officer)
    event = EventFactory(draft=True, owner=officer, seats=0)

    page = post(client, event, "seats")

    assert page.status_code == 422
    assert "Offentliggør alligevel" not in page.content.decode()
    assert f'href="{reverse("events_workspace:edit", args=[event.pk])}#id_capacity"' in page.content.decode()


def test_the_page_of_a_draft_says_it_and_that_of_a_published_event_does_not(client, officer):
    client.force_login(officer)
    draft, published = (EventFactory(owner=officer, draft=draft) for draft in (True, False))

    pages = [client.get(reverse("events_workspace:event", args=[event.pk])) for event in (draft, published)]

    assert ["Der er ingen tekst om arrangementet." in page.content.decode() for page in pages] == [True, False]


def test_many_events_of_the_day_cost_no_more_questions(officer, places, django_assert_max_num_queries):
    EventFactory.create_batch(20, starts_at=A_WEDNESDAY, audiences=["housing"])
    event = Event.objects.with_seats().select_related("municipality").get(pk=ready(officer).pk)

    with django_assert_max_num_queries(3):
        assert len(readiness.findings(event, officer, now=NOW)) == readiness.SHOWN_CLASHES
