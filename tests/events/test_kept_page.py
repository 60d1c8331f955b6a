"""The public face keeps an event's page, and says at every moment how many seats there are."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from content.version import renew
from events import door
from events.models import HeldSeats, PartnerKind, Question
from events.services import tokens
from outreach.links import public_path
from tests.content.public_face import public_face as public_face
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def read(public_face):
    """The page of an event as a visitor reads it."""
    return lambda event: public_face.get(f"/arrangementer/{event.slug}/").content.decode()


def test_a_page_that_was_read_is_not_made_again(read, event, django_assert_num_queries):
    first = read(event)

    with django_assert_num_queries(2):  # the seats, and whether anything else is new
        assert read(event) == first


def test_a_seat_taken_by_a_visitor_is_gone_from_the_next_page(read, started):
    event = EventFactory(seats=3)
    registration = RegistrationFactory(event=event)
    assert "3 pladser tilbage" in read(event)

    door.confirm(tokens.digest(tokens.issue(registration, "confirm")))
    assert "2 pladser tilbage" in read(event)

    door.cancel(tokens.digest(tokens.issue(registration, "manage")))
    assert "3 pladser tilbage" in read(event)


def test_seats_held_for_others_now_are_told_although_no_number_has_changed(read, event):
    pool = {"event": event, "seats": 2, "release_at": timezone.now() + timedelta(days=3)}
    held = HeldSeats.objects.create(kind=PartnerKind.HOUSING, **pool)
    assert "boligsocialt arbejde" in read(event)

    HeldSeats.objects.filter(pk=held.pk).update(kind=PartnerKind.FAITH)

    assert "boligsocialt arbejde" not in read(event)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [{"title": "Et andet navn"}, {"status": "cancelled"}])
def test_a_changed_event_has_another_page_at_once(read, event, change):
    before = read(event)

    type(event).objects.filter(pk=event.pk).update(**change)

    assert read(event) != before


@pytest.mark.django_db(transaction=True)
def test_an_event_taken_down_is_no_longer_there(public_face, read, event):
    read(event)

    type(event).objects.filter(pk=event.pk).update(status="draft")

    assert public_face.get(f"/arrangementer/{event.slug}/").status_code == 404


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
def test_the_page_changes_when_registration_closes(read, visibility):
    closes_at = timezone.now() + timedelta(hours=2)
    event = EventFactory(registration_closes_at=closes_at, visibility=visibility)
    way_in = f'href="{public_path("events:register", event.slug, language="da")}"'
    assert way_in in read(event)

    with time_machine.travel(closes_at + timedelta(seconds=1)):
        assert way_in not in read(event)


def test_a_browser_asks_each_time_and_hears_when_its_page_is_still_right(public_face, event):
    address = f"/arrangementer/{event.slug}/"
    first = public_face.get(address)

    again = public_face.get(address, headers={"if-none-match": first["ETag"]})

    assert again.status_code == 304
    assert {"max-age=0", "must-revalidate"} <= set(first["Cache-Control"].split(", "))


@pytest.mark.parametrize(("visibility", "told"), [("public", None), ("unlisted", "noindex")])
def test_no_search_engine_is_to_list_an_event_that_our_own_list_leaves_out(public_face, visibility, told):
    event = EventFactory(visibility=visibility)

    for _kept in range(2):
        assert public_face.get(f"/arrangementer/{event.slug}/").get("X-Robots-Tag") == told


@pytest.mark.django_db(transaction=True)
def test_a_question_that_was_added_or_taken_away_stands_at_once_on_the_form_or_does_not(public_face, event):
    def form():
        return public_face.get(f"/arrangementer/{event.slug}/tilmelding/").content.decode()

    assert "Hvad spiser du?" not in form()

    question = Question.objects.create(event=event, order=1, kind=Question.Kind.TEXT, label="Hvad spiser du?")
    assert "Hvad spiser du?" in form()

    Question.objects.filter(pk=question.pk).update(retired_at=timezone.now())
    assert "Hvad spiser du?" not in form()


def test_the_form_says_at_once_that_the_meeting_is_full(public_face):
    event = EventFactory(seats=1)
    address = f"/arrangementer/{event.slug}/tilmelding/"
    assert "Skriv dig på venteliste" not in public_face.get(address).content.decode()

    type(event.seats).objects.filter(event=event).update(taken=1, in_person_taken=1)

    assert "Skriv dig på venteliste" in public_face.get(address).content.decode()


def test_a_form_sent_after_its_event_was_called_off_is_refused(public_face, event):
    address = f"/arrangementer/{event.slug}/tilmelding/"
    public_face.get(address)
    renew(connection)
    type(event).objects.filter(pk=event.pk).update(status="cancelled")

    answer = public_face.post(address, {"name": "Ana"}, headers={"Sec-Fetch-Site": "same-origin"})

    assert answer.status_code == 409
