"""Which events the public search finds."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.models import SearchEntry, SynonymSet
from content.services.search_asked import read
from content.services.search_index import forget, rebuild
from content.services.searching import Filters, search
from events.models import Event
from events.services import planning

from .factories import EventFactory

pytestmark = pytest.mark.django_db


def found(text, *, now=None, language="da"):
    asked = read(text, language=language, synonyms=SynonymSet.objects.none())
    return [entry.title for entry in search(asked, Filters(), now=now or timezone.now()).entries]


def test_an_event_is_found_from_the_moment_it_is_published_until_it_is_called_off():
    event = EventFactory(title="Aften om papegøjer", status=Event.Status.DRAFT)
    assert found("papegøjer") == []

    planning.publish(event, officer=event.owner, now=timezone.now())
    assert found("papegoejer") == found("papegøjer", language="en") == ["Aften om papegøjer"]

    planning.change(event, {"title": "Aften om ugler"}, officer=event.owner, now=timezone.now())
    assert (found("papegøjer"), found("ugler")) == ([], ["Aften om ugler"])

    planning.cancel_event(event, officer=event.owner, now=timezone.now())
    assert found("ugler") == []


@pytest.mark.parametrize("visibility", [Event.Visibility.UNLISTED, Event.Visibility.INVITATION])
def test_an_event_that_is_not_for_everyone_is_never_in_the_table(visibility):
    event = EventFactory(title="Lukket aften", visibility=visibility)
    rebuild(now=timezone.now())

    assert not SearchEntry.objects.filter(source="event").exists()
    event.visibility = Event.Visibility.PUBLIC
    event.save()
    assert SearchEntry.objects.filter(source="event").count() == 2
    event.visibility = visibility
    event.save()
    assert not SearchEntry.objects.filter(source="event").exists()


def test_an_event_is_found_until_it_is_over_and_then_forgotten():
    event = EventFactory(title="Aften om ugler")

    assert found("ugler", now=event.ends_at - timedelta(seconds=1))
    assert not found("ugler", now=event.ends_at)
    forget(event.ends_at)
    assert not SearchEntry.objects.exists()


def test_a_result_says_when_and_where_in_the_readers_language():
    EventFactory(title="Aften om ugler", language="da")

    danish, english = SearchEntry.objects.order_by("language")

    assert (danish.written_in, english.written_in) == ("", "da")
    assert " kl. " in danish.detail.replace("\N{NO-BREAK SPACE}", " ")
    assert english.path.startswith("/en/events/")


def test_an_association_that_wants_to_meet_us_finds_the_way():
    rebuild(now=timezone.now())

    assert found("mødes online")[0] == "Inviter os til en dialog"
    assert found("meet online", language="en")[0] == "Invite us to a dialogue"
