"""A confirmation on paper for somebody no mail reaches."""

import pytest
from django.urls import reverse

from events.models import Question, Registration
from outreach.audit.models import Entry
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def paper(registration):
    return reverse("events_workspace:paper", args=[registration.event_id, registration.pk])


def test_whoever_is_registered_without_an_address_gets_a_page_to_print(client, officer):
    event = EventFactory(owner=officer, accessibility="Adgang uden trin")
    told = {"name": "Åse Kær", "needs": "Kørestol", "consent": "on"}

    answer = client.post(reverse("events_workspace:register", args=[event.pk]), told, follow=True)

    registration = Registration.objects.get()
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == paper(registration)
    assert [
        words for words in ("Åse Kær", "Foreningshuset Åen", "Kørestol", "Adgang uden trin") if words not in page
    ] == []


def test_the_page_tells_what_they_answered_in_their_own_language(client, officer):
    event = EventFactory(owner=officer)
    question = Question.objects.create(event=event, label="Hvad vil du øve?", kind="yes_no")
    row = RegistrationFactory(event=event, confirmed=True, email="", language="en", answers={question.key: True})

    page = client.get(paper(row)).content.decode()

    assert "You have a seat" in page
    assert "<dd>Yes</dd>" in page


def test_looking_at_it_is_written_down(client, officer):
    row = RegistrationFactory(event__owner=officer, confirmed=True, email="")

    client.get(paper(row))

    assert Entry.objects.filter(verb="view", object_id=str(row.pk)).exists()


@pytest.mark.parametrize("state", ["cancelled", "declined", "pending"])
def test_there_is_no_confirmation_of_what_is_not_live(client, officer, state):
    row = RegistrationFactory(event__owner=officer, email="", status=state)

    assert client.get(paper(row)).status_code == 404
