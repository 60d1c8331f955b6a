"""Which events the search of the workspace finds, by the words of their titles."""

from datetime import timedelta

import pytest
from django.urls import reverse

from contacts.services import searching
from tests.contacts.factories import NOW
from tests.events.factories import EventFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def found(text, user):
    return [event.title for event in searching.search(text, user=user, now=NOW).events]


@pytest.mark.parametrize("text", ["Åbent hus", "hus abent", "husrum", "ÅB", "åbent,", "i by"])
def test_an_event_is_found_by_parts_of_its_title_in_any_order(text, officer):
    EventFactory(title="Åbent husrum i byen")

    assert found(text, officer) == ["Åbent husrum i byen"]


@pytest.mark.parametrize("text", ["us", "hus fest", "%", "a_b", "x'y", '"', "åbent\\"])
def test_short_words_are_beginnings_and_every_word_is_there(text, officer):
    EventFactory(title="Husrum i byen")

    assert found(text, officer) == []


def test_the_latest_events_come_first_and_those_of_the_year_before_last_are_left_out(officer):
    for title, days in [("Møde nu", 3), ("Møde sidste år", -360), ("Møde forrige år", -400)]:
        EventFactory(title=title, starts_at=NOW + timedelta(days=days))

    assert found("møde", officer) == ["Møde nu", "Møde sidste år"]


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
