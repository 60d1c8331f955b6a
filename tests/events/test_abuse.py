"""The forms attacked as a stranger would, through the whole page (security.md, 14 and 15)."""

import pytest
from django.core import mail

from events.models import Registration
from outreach.links import public_href
from outreach.privacy import limits
from tests.events.factories import EventFactory

pytestmark = pytest.mark.django_db
DETAILS = {"organisation": "Åben Dør", "consent": "on", "hoped_for": ""}
THREE_PASS = [302] * 3 + [429] * 3  # of six


@pytest.fixture
def event(db):
    return EventFactory(seats=100)


@pytest.fixture
def send(client, event):
    """``send(name=…)`` sends the form from one place; the answer's status."""
    page = public_href("events:register", event.slug)
    token = client.get(page).context["form"]["form_token"].value()

    def send(headers=None, **fields):
        sent = {"form_token": token, "name": "Ana", "email": "ana@example.org", **DETAILS, **fields}
        return client.post(page, sent, headers=headers or {}).status_code

    return send


def test_thirty_people_behind_one_address_register_with_three_colleagues_each(send):
    def with_colleagues(number):
        rows = {"colleague-TOTAL_FORMS": "3", "colleague-INITIAL_FORMS": "0"}
        for row in range(3):
            rows |= {f"colleague-{row}-name": f"Bo {row}", f"colleague-{row}-email": f"bo{number}.{row}@example.org"}
        return {"name": f"Ana {number}", "email": f"ana{number}@example.org", **rows}

    assert {send(**with_colleagues(number)) for number in range(30)} == {302}
    assert Registration.objects.count() == 120


def test_a_forged_header_makes_no_place_another(send, monkeypatch):
    monkeypatch.setattr(limits, "PER_SOURCE", 3)
    forged = [{"X-Forwarded-For": f"203.0.113.{n}", "Forwarded": f"for=203.0.113.{n}"} for n in range(6)]

    assert [send(headers, email=f"{n}@example.org") for n, headers in enumerate(forged)] == THREE_PASS


def test_behind_our_proxy_only_the_entry_it_wrote_counts(send, monkeypatch, settings):
    settings.BEHIND_PROXY = True
    monkeypatch.setattr(limits, "PER_SOURCE", 3)
    claims = [{"X-Forwarded-For": f"203.0.113.{number}, 192.0.2.7"} for number in range(6)]

    assert [send(headers, email=f"{n}@example.org") for n, headers in enumerate(claims)] == THREE_PASS


def test_one_address_is_not_flooded_from_many_places(send, monkeypatch, settings):
    settings.BEHIND_PROXY = True
    monkeypatch.setattr(limits, "PER_ADDRESS", 3)
    places = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(6)]

    assert [send(headers, name=f"Ana {n}") for n, headers in enumerate(places)] == THREE_PASS


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "%0d%0a", "\x0b", "\u2028"])
def test_no_line_break_reaches_a_header(send, work, break_):
    hostile = f"ana@example.org{break_}Bcc: eva@example.org"

    assert send(email=hostile) == 422
    assert send(name=f"Ana{break_}Bcc: eva@example.org", organisation=f"A{break_}Bcc: eva@example.org") == 302
    work()

    (letter,) = mail.outbox
    assert letter.recipients() == ["ana@example.org"]
    assert all("\n" not in str(value) and "\r" not in str(value) for value in letter.message().values())
    assert not letter.message()["Bcc"]


def test_a_robot_that_fills_in_everything_or_has_no_token_registers_nobody(send):
    assert {send(homepage="http://spam.example"), send(form_token=""), send(form_token="forged:1:2")} == {422}
    assert not Registration.objects.exists()
