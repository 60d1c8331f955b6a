"""Which events the search of the workspace finds, by the words of their titles."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.services import searching
from outreach.places.models import Municipality, PoliceDistrict
from tests.contacts.factories import NOW, PersonFactory
from tests.events.factories import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def found(text, user):
    return [event.title for event in searching.search(text, user=user).events]


@pytest.mark.parametrize("text", ["Åbent hus", "hus abent", "husrum", "ÅB", "åbent,", "i by"])
def test_an_event_is_found_by_parts_of_its_title_in_any_order(text, officer):
    EventFactory(title="Åbent husrum i byen")

    assert found(text, officer) == ["Åbent husrum i byen"]


@pytest.mark.parametrize("text", ["us", "hus fest", "%", "a_b", "x'y", '"', "åbent\\"])
def test_short_words_are_beginnings_and_every_word_is_there(text, officer):
    EventFactory(title="Husrum i byen", public_title="Møde", venue_name="", venue_address="")

    assert found(text, officer) == []


def test_events_of_all_years_are_found_the_latest_first(officer):
    for title, days in [("Møde sidste år", -360), ("Møde nu", 3), ("Møde for længe siden", -4000)]:
        EventFactory(title=title, starts_at=NOW + timedelta(days=days))

    assert found("møde", officer) == ["Møde nu", "Møde sidste år", "Møde for længe siden"]


@pytest.mark.parametrize(
    "text", ["naboaften", "samtalesalon", "Kulturhuset", "torvet 3", "Brønderslev", "kulturhus nabo"]
)
def test_an_event_is_found_by_either_title_and_by_where_it_is(text, officer):
    district = PoliceDistrict.objects.create(name="Nordjyllands Politi", slug="nordjyllands-politi")
    town = Municipality.objects.create(name="Brønderslev", slug="broenderslev", code="810", police_district=district)
    place = {"venue_name": "Kulturhuset", "venue_address": "Torvet 3", "municipality": town}
    EventFactory(title="Samtalesalon om tillid", public_title="Naboaften", **place)
    EventFactory(title="Møde")

    assert found(text, officer) == ["Samtalesalon om tillid"]


@pytest.mark.parametrize(
    "text", ["samtalesaoln", "samtalsalon", "tilid samtalesalon", "nabboaften", "smatale", "tilldi"]
)
def test_an_event_is_found_by_a_word_with_one_letter_wrong(text, officer):
    EventFactory(title="Samtalesalon om tillid", public_title="Naboaften")
    EventFactory(title="Møde")

    result = searching.search(text, user=officer)

    assert ([event.title for event in result.events], result.close_events) == (["Samtalesalon om tillid"], True)


def test_what_comes_close_is_looked_for_only_where_nothing_is_as_it_was_written(officer):
    EventFactory(title="Møde om hulen")
    assert found("hunde", officer) == []
    assert found("hulne", officer) == ["Møde om hulen"]

    PersonFactory(name="Hulne Jensen")

    assert found("hulne", officer) == []


def test_no_event_others_plan_in_secret_comes_close(officer, stranger):
    EventFactory(title="Lukket samtale", by_invitation=True, owner=officer)

    assert [found("luket", reader) for reader in (officer, stranger)] == [["Lukket samtale"], []]


def test_what_others_plan_by_invitation_is_found_by_those_who_plan_it(officer, stranger):
    EventFactory(title="Lukket møde", by_invitation=True, owner=officer)
    EventFactory(title="Udkast til møde", draft=True, owner=officer, starts_at=NOW + timedelta(days=2))

    assert [found("møde", reader) for reader in (officer, stranger)] == [["Lukket møde", "Udkast til møde"], []]


def test_an_event_that_was_found_leads_to_the_page_its_reader_may_open_without_another_query(
    desk, officer, django_assert_max_num_queries
):
    mine = EventFactory(title="Møde hos os", owner=officer)
    theirs = EventFactory(title="Møde hos dem")

    address = reverse("workspace:search")
    desk.get(address, {"q": "møde"})  # what every reader shares is read once a minute
    with django_assert_max_num_queries(8):
        page = desk.get(address, {"q": "møde hos"}).content.decode()

    assert reverse("events_workspace:event", args=[mine.pk]) in page
    assert theirs.slug in page
