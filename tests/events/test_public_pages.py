"""What a visitor meets: the list, the page of an event, the calendar files."""

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from events.services import calendar
from tests.events.factories import EventFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    """The addresses of the site as they are."""


def written_down(**facts):
    event = EventFactory(**facts)
    calendar.write_down(event, now=timezone.now())
    event.save()
    return event


def page(client, event, language="da"):
    return client.get(f"/{'arrangementer' if language == 'da' else 'en/events'}/{event.slug}/")


def test_the_list_shows_coming_public_events_and_no_others(client):
    shown = EventFactory(title="Naboskab i praksis")
    EventFactory(title="Et udkast", draft=True)
    EventFactory(title="Kun for inviterede", by_invitation=True)
    EventFactory(title="Kun med link", unlisted=True)

    text = client.get("/arrangementer/").content.decode()

    assert shown.title in text
    assert not [title for title in ("Et udkast", "Kun for inviterede", "Kun med link") if title in text]


@pytest.mark.parametrize("hidden", ["draft", "by_invitation"])
def test_a_hidden_event_answers_like_one_that_never_was(client, hidden):
    event = EventFactory(**{hidden: True})

    found, missing = page(client, event), client.get(f"/arrangementer/{event.slug[::-1]}/")

    assert (found.status_code, len(found.content)) == (404, len(missing.content))


def test_the_page_says_how_many_seats_are_left(client):
    event = EventFactory(seats=3)

    assert "3 pladser tilbage" in page(client, event).content.decode()


def test_a_full_event_leads_to_the_waiting_list(client, full_event):
    text = page(client, full_event, "en").content.decode()

    assert "Join the waiting list" in text
    assert "You will be number 1 in the queue." in text


def test_a_cancelled_event_says_so_and_takes_no_registration(client):
    event = EventFactory(cancelled=True)

    text = page(client, event).content.decode()

    assert "Mødet er aflyst." in text
    assert "Tilmeld dig" not in text


def test_the_texts_of_an_event_are_marked_with_their_language(client):
    event = EventFactory(language="da", title="Naboskab")

    assert '<h1 lang="da">Naboskab</h1>' in page(client, event, "en").content.decode()


def test_the_list_says_which_language_is_spoken_where_it_is_another(client):
    EventFactory(language="da")
    EventFactory(language="en")

    danish, english = (client.get(address).content.decode() for address in ("/arrangementer/", "/en/events/"))

    assert (danish.count("på engelsk"), danish.count("på dansk")) == (1, 0)
    assert (english.count("in Danish"), english.count("in English")) == (1, 0)


def test_a_text_of_times_becomes_a_programme(client):
    event = EventFactory(text_during="16.30 Kaffe\n\n17.00–18.30: Oplæg <og> snak", language="da")

    agenda = BeautifulSoup(page(client, event, "en").content, "html.parser").select_one("ol.agenda")

    assert agenda["lang"] == "da"
    assert [[part.get_text() for part in line.select("span")] for line in agenda.select("li")] == [
        ["16.30", "Kaffe"],
        ["17.00–18.30", "Oplæg <og> snak"],
    ]


@pytest.mark.parametrize("text", ["Vi begynder 16.30", "16.30 Kaffe\nTag godt fodtøj på", "2026 er et godt år"])
def test_any_other_text_stands_as_it_was_written(client, text):
    shown = BeautifulSoup(page(client, EventFactory(text_during=text)).content, "html.parser").select_one(".prose")

    assert not shown.select(".agenda")
    assert all(line in shown.get_text() for line in text.splitlines())


def test_what_came_of_an_event_stands_alone_where_there_was_no_invitation(client):
    event = EventFactory(past=True, text_before="", text_after="Tak for i går.")

    text = page(client, event).content.decode()

    assert "Tak for i går." in text
    assert "Invitationen" not in text


def test_the_calendar_file_has_the_neutral_title_only(client):
    event = written_down(title="Unge på kant", public_title="Netværksmøde 2. december")

    response = client.get(f"/arrangementer/{event.slug}/calendar.ics")

    entry = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert str(entry["SUMMARY"]) == "Netværksmøde 2. december"
    assert "Unge på kant" not in response.content.decode()


def test_the_feed_holds_what_is_announced(client):
    shown = written_down()
    written_down(unlisted=True)
    written_down(draft=True)

    entries = Calendar.from_ical(client.get("/arrangementer/calendar.ics").content).walk("VEVENT")

    assert [str(entry["UID"]).split("@")[0] for entry in entries] == [str(shown.pk)]


def test_the_list_asks_as_much_for_thirty_events_as_for_one(client, django_assert_max_num_queries):
    for days in range(30):
        EventFactory(starts_at=timezone.now() + timedelta(days=days + 1))

    with django_assert_max_num_queries(8):
        client.get("/arrangementer/")


def test_reading_sets_no_cookie(client):
    event = EventFactory()

    assert not client.get("/arrangementer/").cookies
    assert not page(client, event).cookies


@pytest.mark.parametrize(
    ("closes_in", "promise"),
    [(timedelta(days=3), "Linket virker til"), (timedelta(days=8), "Linket virker i syv dage.")],
)
def test_the_page_after_the_form_promises_no_more_than_the_event_keeps(client, closes_in, promise):
    event = EventFactory(registration_closes_at=timezone.now() + closes_in)

    assert promise in client.get(f"/arrangementer/{event.slug}/tilmelding/sendt/").content.decode()


def test_the_form_of_an_event_at_the_end_of_the_calendar_opens(client, db):
    far = datetime(9999, 12, 30, 12, tzinfo=UTC)
    event = EventFactory(starts_at=far, ends_at=far + timedelta(hours=3))

    assert client.get(reverse("events:register", args=[event.slug])).status_code == 200
