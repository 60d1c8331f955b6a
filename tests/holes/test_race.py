"""The last seat, confirmed by two browsers in the same moment."""

import pytest
from django.test import Client

from events.models import SeatCounter
from events.services.tokens import Purpose, issue
from outreach.links import public_href
from tests.events.factories import EventFactory, RegistrationFactory
from tests.events.test_concurrency import at_once, call


@pytest.mark.django_db(transaction=True)
def test_race_for_the_last_seat():
    event = EventFactory(seats=1)
    people = RegistrationFactory.create_batch(2, event=event)
    pages = [public_href("events:confirm", issue(person, Purpose.CONFIRM)) for person in people]

    answers = at_once(*[call(Client().post, page) for page in pages for _ in range(2)])

    assert {answer.status_code for answer in answers} == {200}
    assert sorted(event.registrations.values_list("status", flat=True)) == ["confirmed", "waiting"]
    counter = SeatCounter.objects.get(event=event)
    assert (counter.taken, counter.waiting) == (1, 1)
