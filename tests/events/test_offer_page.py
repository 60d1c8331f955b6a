"""The page behind the link of an offer: yes, no, and what is neither."""

import pytest
from django.urls import reverse

from events.services.tokens import Purpose, issue
from tests.events.factories import EventFactory, RegistrationFactory


@pytest.fixture
def offered(db):
    return RegistrationFactory(event=EventFactory(), offered=True)


@pytest.fixture
def say(client, offered):
    url = reverse("events:offer", args=[issue(offered, Purpose.OFFER)])
    return lambda **typed: client.post(url, typed)


@pytest.mark.parametrize("typed", [{}, {"answer": ""}, {"answer": "maybe"}])
def test_what_is_neither_yes_nor_no_gives_no_seat_away(say, offered, typed):
    assert say(**typed).status_code == 200

    offered.refresh_from_db()
    assert offered.status == "offered"


@pytest.mark.parametrize(("answer", "status"), [("yes", "confirmed"), ("no", "declined")])
def test_an_answer_is_taken_and_its_page_leads_to_no_dead_link(say, offered, answer, status):
    page = say(answer=answer)

    offered.refresh_from_db()
    assert offered.status == status
    assert page.status_code == 200
    assert page.context["translations"] == ()
