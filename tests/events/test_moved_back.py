"""What goes wrong by a slip: an event moved into the past, and one link pressed in two browsers."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Registration
from events.services import tokens
from outreach.links import public_href
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def test_an_event_is_not_moved_into_the_past_and_nobody_hears_of_it(client, work):
    event = EventFactory()
    RegistrationFactory(event=event, confirmed=True)
    client.force_login(event.owner)
    page = reverse("events_workspace:edit", args=[event.pk])
    form = client.get(page).context["form"]
    given = {name: form[name].value() for name in form.fields}
    yesterday = timezone.localtime() - timedelta(days=1)
    moved = {"starts_at": f"{yesterday:%Y-%m-%dT10:00}", "ends_at": f"{yesterday:%Y-%m-%dT12:00}", "summary": "Nyt."}

    answer = client.post(page, {name: value for name, value in (given | moved).items() if value not in (None, "")})

    assert answer.status_code == 422
    assert answer.context["form"].errors["starts_at"] == ["Arrangementet begynder på et tidspunkt, der er gået."]
    assert "Nyt." in answer.content.decode()
    work()
    event.refresh_from_db()
    assert event.starts_at > timezone.now() and event.sequence == 0
    assert mail.outbox == []


def test_a_link_to_confirm_that_is_pressed_in_two_browsers_says_the_same_and_mails_once(work):
    registration = RegistrationFactory(event=EventFactory(seats=1))
    page = public_href("events:confirm", tokens.issue(registration, "confirm"))
    browsers = [Client(), Client()]
    assert {browser.get(page).status_code for browser in browsers} == {200}

    answers = [browser.post(page) for browser in browsers]
    work()

    assert [h1(answer) for answer in answers] == ["Din plads er sikret"] * 2
    assert Registration.objects.confirmed().get() == registration
    assert [letter.subject.split(":")[0] for letter in mail.outbox] == ["Du har en plads"]


def h1(answer):
    return BeautifulSoup(answer.content, "html.parser").find("h1").get_text(strip=True)
