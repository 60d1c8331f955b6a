"""Whom an event is for: chosen from one list, filtered by it, told on its pages."""

import pytest
from django.urls import reverse

from events.models import Event, ForWhom
from tests.events.factories import EventFactory, OfficerFactory
from tests.events.test_officer_screens import facts

pytestmark = pytest.mark.django_db


def plan(client, **changes):
    client.force_login(OfficerFactory())
    return client.post(reverse("events_workspace:plan"), facts(**changes))


def test_events_for_an_audience_are_found_among_others():
    both = EventFactory(audiences=["faith", "research"])
    EventFactory(audiences=["housing"])
    EventFactory()

    assert list(Event.objects.meant_for(ForWhom.RESEARCH)) == [both]


def test_no_word_of_the_list_hides_in_another():
    for word in ForWhom:
        EventFactory(audiences=[word])

    assert [Event.objects.meant_for(word).count() for word in ForWhom] == [1] * len(ForWhom)


def test_an_officer_chooses_several_audiences_and_names_the_languages_interpreted(client):
    plan(client, audiences=["faith", "housing"], interpreter="arabisk")

    event = Event.objects.get()
    assert (event.audiences, event.interpreter) == (["faith", "housing"], "arabisk")


def test_an_audience_nobody_knows_is_refused_at_the_field(client):
    assert "audiences" in plan(client, audiences=["martians"]).context["form"].errors


def test_the_public_page_says_what_is_interpreted_or_that_one_can_ask(client):
    interpreted, not_yet = EventFactory(interpreter="arabisk"), EventFactory()

    answers = [client.get(reverse("events:event", args=[event.slug])) for event in (interpreted, not_yet)]
    pages = [answer.content.decode() for answer in answers]

    assert ["Der tolkes til:" in page for page in pages] == [True, False]
    assert ["Bed om tolk" in page for page in pages] == [False, True]
