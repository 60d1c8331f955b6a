"""Somebody without an e-mail address is offered a seat: no mail tells them, so an officer phones."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.services.waiting_list import expire_offers, offer_free_seats
from outreach.audit.models import Entry
from outreach.mail.models import Suppression
from tests.events.factories import EventFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


@pytest.fixture
def held(officer):
    """Farhan waited, a seat fell free, and it is held for him."""
    event = EventFactory(owner=officer, seats=1)
    farhan = RegistrationFactory(event=event, waiting=True, name="Farhan Nørgaard", email="")
    offer_free_seats(event, now=timezone.now())
    farhan.refresh_from_db()
    return farhan


@pytest.fixture
def say(client):
    def say(registration, answer, **sure):
        url = reverse("events_workspace:answer", args=[registration.event_id, registration.pk])
        page = client.post(url, {"answer": answer} | sure, follow=True)
        registration.refresh_from_db()
        return page.content.decode()

    return say


@pytest.mark.parametrize("place", ["event", "list", "today"])
def test_every_desk_says_first_whom_to_phone(client, held, place):
    address = {
        "event": reverse("events_workspace:event", args=[held.event_id]),
        "list": reverse("events_workspace:list"),
        "today": reverse("workspace:today"),
    }

    text = client.get(address[place]).content.decode()

    heading = text.index("Ring til dem: en plads holdes")
    assert text.index("</h1>") < heading < text.index("</h2>")
    assert "Ring til Farhan Nørgaard" in text
    assert str(held.pk) in Entry.objects.filter(object_label="events.Registration").latest("pk").ids


def test_nobody_is_phoned_whom_a_mail_tells_or_whose_answer_is_in(client, officer):
    event = EventFactory(owner=officer)
    RegistrationFactory(event=event, offered=True)
    RegistrationFactory(event=event, confirmed=True, email="")

    assert client.get(reverse("events_workspace:event", args=[event.pk])).context["to_phone"] == []


def test_a_yes_by_phone_takes_the_seat(say, held, officer):
    assert "Farhan Nørgaard har en plads." in say(held, "yes")

    assert (held.status, held.event.seats.taken) == ("confirmed", 1)
    entry = Entry.objects.get(verb="change", object_id=str(held.pk))
    assert (entry.actor_id, entry.reason) == (officer.pk, "accepted by phone")


def test_a_no_by_phone_leaves_the_seat_to_the_next(say, held, work):
    following = RegistrationFactory(event=held.event, waiting=True)

    say(held, "no")
    say(held, "no", sure="1")
    work()

    following.refresh_from_db()
    assert (held.status, following.status) == ("declined", "offered")


def test_two_clicks_hear_the_same_and_are_noted_once(say, held):
    assert "Farhan Nørgaard har en plads." in say(held, "yes")
    assert "Farhan Nørgaard har en plads." in say(held, "yes")

    assert Entry.objects.filter(verb="change", object_id=str(held.pk)).count() == 1


def test_an_answer_after_the_seat_went_to_another_says_that_nothing_was_changed(say, held):
    expire_offers(held.offer_expires_at)

    assert "Intet er ændret. Farhan Nørgaard: svarede ikke i tide." in say(held, "yes")
    assert held.status == "expired"


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_what_is_neither_yes_nor_no_changes_nothing(say, held, answer):
    say(held, answer)

    assert held.status == "offered"


def test_nobody_answers_for_the_event_of_others(client, held):
    client.force_login(OfficerFactory())
    address = reverse("events_workspace:answer", args=[held.event_id, held.pk])

    assert client.post(address, {"answer": "yes"}).status_code == 404
    held.refresh_from_db()
    assert held.status == "offered"


def test_who_moves_an_event_reads_whom_no_mail_tells(client, held):
    text = client.get(reverse("events_workspace:edit", args=[held.event_id])).content.decode()

    assert "Disse har ingen e-mail. Ring til dem: Farhan Nørgaard" in text


@pytest.fixture
def silent(officer):
    """Everybody has been asked whether they still come, but no mail reaches Farhan."""
    soon = timezone.now() + timedelta(days=2)
    event = EventFactory(owner=officer, starts_at=soon, asks_days_before=5, releases_days_before=1)
    long_ago = timezone.now() - timedelta(days=20)
    return RegistrationFactory(event=event, confirmed=True, name="Farhan Nørgaard", email="", created_at=long_ago)


def page_of(client, event):
    return client.get(reverse("events_workspace:event", args=[event.pk]))


def test_who_is_reached_by_no_mail_is_asked_by_phone_whether_they_still_come(client, say, silent, officer):
    assert "Ring til dem: Kommer de stadig?" in page_of(client, silent.event).content.decode()

    assert "Farhan Nørgaard kommer stadig." in say(silent, "comes")

    assert silent.comes_at is not None
    assert page_of(client, silent.event).context["to_ask"] == []
    entry = Entry.objects.get(verb="change", object_id=str(silent.pk))
    assert (entry.actor_id, entry.reason) == (officer.pk, "comes, said by phone")


def test_who_said_that_they_come_twice_is_noted_once(say, silent):
    say(silent, "comes")
    first = silent.comes_at

    say(silent, "comes")

    assert silent.comes_at == first
    assert Entry.objects.filter(verb="change", object_id=str(silent.pk)).count() == 1


def test_an_address_that_gives_mail_back_is_asked_by_phone_too(client, silent):
    registration = RegistrationFactory(event=silent.event, confirmed=True, created_at=silent.created_at)
    Suppression.objects.create(address=registration.email, reason="bounced", since=timezone.now())

    assert set(page_of(client, silent.event).context["to_ask"]) == {silent, registration}


@pytest.mark.parametrize("days", [9, -1])
def test_nobody_is_asked_by_phone_before_the_time_or_when_it_has_begun(client, silent, days):
    starts_at = timezone.now() + timedelta(days=days)
    type(silent.event).objects.update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))

    assert page_of(client, silent.event).context["to_ask"] == []


def test_who_registered_after_everybody_was_asked_has_just_said_so(client, silent):
    type(silent).objects.update(confirmed_at=timezone.now())

    assert page_of(client, silent.event).context["to_ask"] == []
