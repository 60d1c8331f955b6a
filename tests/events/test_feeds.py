"""The list and the calendars that follow it, narrowed by the same words."""

from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import icalendar
import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone

from content.version import renew
from events.models import Event
from events.services import calendar
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership
from tests.content.public_face import public_face as public_face
from tests.events.factories import EventFactory

pytestmark = pytest.mark.django_db

FEED, LIST = "/arrangementer/calendar.ics", "/arrangementer/"
NEW_REGION = datetime(2027, 1, 1, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def addresses():
    """The addresses of the site as they are."""


@pytest.fixture
def places():
    """Two towns of two police districts; one changes its region at the turn of the year."""
    RegionMembership.objects.all().delete()
    before, after = [Region.objects.create(name=f"Region {name}", slug=name) for name in ("foer", "efter")]
    found = {}
    for code, name in (("9001", "nord"), ("9002", "syd")):
        district = PoliceDistrict.objects.create(name=f"{name} politi", slug=f"{name}-politi")
        found[name] = Municipality.objects.create(name=name, slug=name, code=code, police_district=district)
    RegionMembership.objects.create(municipality=found["nord"], region=before, valid_to=date(2026, 12, 31))
    RegionMembership.objects.create(municipality=found["nord"], region=after, valid_from=date(2027, 1, 1))
    return found


def written_down(**facts) -> Event:
    event = EventFactory(**facts)
    calendar.write_down(event, now=timezone.now())
    event.save()
    return event


def entries(client, **asked) -> dict[str, str]:
    """Status by UID of what the feed holds."""
    response = client.get(FEED, asked)
    return {
        str(entry["UID"]).split("@")[0]: str(entry["STATUS"])
        for entry in icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    }


def titles(client, **asked) -> set[str]:
    soup = BeautifulSoup(client.get(LIST, asked).content, "html.parser")
    return {link.get_text() for link in soup.select(".events h3 a")}


def both(client, **asked) -> set[str]:
    """The titles on the list, after seeing that the calendar holds the same."""
    shown = titles(client, **asked)
    held = Event.objects.filter(pk__in=entries(client, **asked)).values_list("title", flat=True)
    assert set(held) == shown
    return shown


def test_list_and_calendar_are_narrowed_by_kind_and_language(client):
    written_down(title="a", kind="course", language="da")
    written_down(title="b", kind="course", language="en")
    written_down(title="c", kind="seminar", language="en")

    assert both(client) == {"a", "b", "c"}
    assert both(client, kind="course") == {"a", "b"}
    assert both(client, kind="course", language="en") == {"b"}
    assert both(client, kind="conference") == set()


def test_what_is_for_everyone_is_for_each_audience(client):
    written_down(title="a", audiences=["research", "housing"])
    written_down(title="b", audiences=["schools"])
    written_down(title="c", audiences=["everyone"])
    written_down(title="d", audiences=[])

    assert both(client, audience="housing") == {"a", "c"}


def test_a_place_is_a_municipality_a_police_district_or_the_region_of_that_day(client, places):
    written_down(title="last of the old", municipality=places["nord"], starts_at=NEW_REGION - timedelta(hours=4))
    written_down(title="first of the new", municipality=places["nord"], starts_at=NEW_REGION)
    written_down(title="south", municipality=places["syd"], starts_at=NEW_REGION)
    written_down(title="online", attendance="online", starts_at=NEW_REGION)

    with time_machine.travel(NEW_REGION - timedelta(days=9), tick=False):
        assert both(client, place="municipality.syd") == {"south"}
        assert both(client, place="district.nord-politi") == {"last of the old", "first of the new"}
        assert both(client, place="region.foer") == {"last of the old"}
        assert both(client, place="region.efter") == {"first of the new"}


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "party"},
        {"language": "tlh"},
        {"audience": "everyone"},
        {"place": "municipality.atlantis"},
        {"place": "municipality"},
        {"place": "galaxy.milky-way"},
        {"place": "region.\x00"},
        {"kind": "course' OR 1=1"},
    ],
    ids=str,
)
def test_an_unknown_word_is_no_calendar_and_narrows_no_list(client, asked):
    written_down(title="a")

    assert client.get(FEED, asked).status_code == 404
    assert titles(client, **asked) == {"a"}


def test_questions_that_nobody_asks_and_answers_left_open_narrow_nothing(client):
    event = written_down()

    assert set(entries(client, kind="", place="", utm_source="x", status="draft", owner="1")) == {str(event.pk)}


@pytest.mark.parametrize("trait", ["draft", "unlisted", "by_invitation"])
def test_what_is_not_announced_is_in_no_feed(client, places, trait):
    facts = {"kind": "course", "language": "da", "municipality": places["nord"], "audiences": ["research"]}
    event = written_down(**facts, **{trait: True})
    place = {"place": "municipality.nord"}

    for asked in (
        {},
        {"kind": "course"},
        {"audience": "research"},
        {"language": "da"},
        place,
        {"kind": "course", "language": "da", **place},
    ):
        assert str(event.pk) not in entries(client, **asked)


def test_a_cancelled_event_stays_in_its_feeds_until_it_would_have_ended(client):
    event = written_down(cancelled=True, kind="course")
    held = written_down(kind="course")

    assert entries(client, kind="course")[str(event.pk)] == "CANCELLED"
    with time_machine.travel(event.ends_at - timedelta(seconds=1), tick=False):
        assert str(event.pk) in entries(client, kind="course")
    with time_machine.travel(event.ends_at + timedelta(seconds=1), tick=False):
        assert set(entries(client, kind="course")) == {str(held.pk)}


def test_the_feed_is_utf8_and_says_what_it_was_narrowed_to(client, places):
    response = client.get(FEED, {"kind": "course", "place": "municipality.nord"})

    parsed = icalendar.Calendar.from_ical(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(parsed["X-WR-CALNAME"]).endswith(" · Kursus · nord")
    assert parsed["X-PUBLISHED-TTL"] == parsed["REFRESH-INTERVAL"].to_ical().decode() == "PT6H"


# What a program has already


def known(client, etag, **asked):
    return client.get(FEED, asked, headers={"If-None-Match": etag})


def test_a_program_that_has_the_feed_gets_no_body(client, django_assert_num_queries):
    written_down(kind="course")
    etag = client.get(FEED, {"kind": "course"})["ETag"]

    with django_assert_num_queries(2):
        response = known(client, etag, kind="course")

    assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
    assert "max-age=60" in response["Cache-Control"]


def test_each_filter_and_language_has_a_tag_of_its_own(client, places):
    asked = [{}, {"kind": "course"}, {"language": "da"}, {"place": "municipality.nord"}, {"place": "region.foer"}]
    addresses = [f"{path}?{urlencode(words)}" for path in (FEED, "/en/events/calendar.ics") for words in asked]

    assert len({client.get(address)["ETag"] for address in addresses}) == len(addresses)


def test_the_order_of_the_words_makes_no_other_feed(client):
    first, second = (client.get(f"{FEED}?{query}") for query in ("kind=course&language=da", "language=da&kind=course"))

    assert first["ETag"] == second["ETag"]


@pytest.mark.parametrize(
    "change",
    [{"public_title": "Et andet møde"}, {"status": "cancelled"}, {"visibility": "unlisted"}, {"kind": "seminar"}],
    ids=str,
)
def test_a_change_that_is_committed_is_seen_at_the_next_look(client, change):
    event = written_down(kind="course")
    etag = client.get(FEED, {"kind": "course"})["ETag"]
    for field, value in change.items():
        setattr(event, field, value)
    calendar.write_down(event, now=timezone.now())
    event.save()
    renew(connection)  # as the commit does

    assert known(client, etag, kind="course").status_code == 200


def test_an_entry_that_leaves_by_the_clock_alone_is_seen_at_the_next_look(client):
    event = written_down(cancelled=True)
    etag = client.get(FEED)["ETag"]

    with time_machine.travel(event.ends_at + timedelta(seconds=1), tick=False):
        assert known(client, etag).status_code == 200


def test_two_changes_of_one_event_within_a_second_have_two_tags(client):
    event = written_down()
    address = f"/arrangementer/{event.slug}/calendar.ics"
    etag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    event.venue_name = "Et andet sted"
    calendar.write_down(event, now=timezone.now())
    event.save()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


# The form


def test_the_link_to_the_calendar_follows_what_is_chosen(client, places):
    soup = BeautifulSoup(client.get(LIST, {"kind": "course", "place": "region.foer"}).content, "html.parser")

    href = soup.select_one(".cal a")["href"]
    assert href.startswith("webcal://")
    assert href.endswith("/arrangementer/calendar.ics?kind=course&place=region.foer")
    assert [option["value"] for option in soup.select("option[selected]")] == ["course", "region.foer"]
    assert soup.select_one("form.narrow").get("method", "get") == "get"


def test_a_place_can_be_followed_before_anything_happens_there(client, places):
    soup = BeautifulSoup(client.get(LIST, {"place": "municipality.nord"}).content, "html.parser")

    assert "Der er ingen planlagte møder af den slags lige nu" in soup.get_text()
    assert soup.select_one(".cal a")["href"].endswith("?place=municipality.nord")


def test_the_list_asks_the_same_however_many_it_shows_and_however_it_is_narrowed(
    client, places, django_assert_max_num_queries
):
    for days in range(20):
        EventFactory(municipality=places["nord"], starts_at=timezone.now() + timedelta(days=days + 1))

    with django_assert_max_num_queries(9):
        client.get(LIST, {"place": "municipality.nord", "language": "da"})


def test_a_program_that_has_the_feed_costs_one_query(public_face, django_assert_num_queries):
    EventFactory()
    tag = public_face.get(FEED)["ETag"]

    with django_assert_num_queries(1):
        assert public_face.get(FEED, headers={"If-None-Match": tag}).status_code == 304


def test_a_kept_tag_is_another_when_an_entry_leaves_by_the_clock(public_face):
    event = EventFactory(status="cancelled")
    tag = public_face.get(FEED)["ETag"]

    with time_machine.travel(event.ends_at + timedelta(seconds=1), tick=False):
        assert public_face.get(FEED)["ETag"] != tag
