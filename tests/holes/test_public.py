"""Holes that comparable systems had, tried here from outside by HTTP."""

import re

import pytest

from outreach.links import public_href
from tests.content.public_face import public_face as public_face
from tests.events.factories import EventFactory, RegistrationFactory

pytestmark = pytest.mark.django_db


def test_calendar_of_a_private_event_by_its_address(client):
    draft, invited = EventFactory(draft=True), EventFactory(by_invitation=True)

    for event in (draft, invited):
        assert client.get(public_href("events:event_ics", event.slug)).status_code == 404
        assert client.get(public_href("events:event", event.slug)).status_code == 404


def test_draft_through_search_or_feed(client):
    draft = EventFactory(draft=True, title="Kanariefugl", public_title="Kanariefugl")

    for path in ("/arrangementer/", "/arrangementer/calendar.ics", "/soeg/?q=kanariefugl"):
        assert draft.slug not in client.get(path).text


def test_registration_of_somebody_else_by_id(client):
    registration = RegistrationFactory(confirmed=True)

    for key in (registration.pk, registration.pk.hex if hasattr(registration.pk, "hex") else "1", "1", "0" * 40):
        for name in ("events:manage", "events:entry", "events:cancel"):
            assert registration.name not in client.get(public_href(name, str(key))).text


def test_host_header(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert "evil.example" not in client.get("/", headers={"x-forwarded-host": "evil.example"}).text


def test_cr_lf_in_an_address(client, mailoutbox):
    answer = client.post(public_href("events:find"), {"email": "ana@example.org\r\nBcc: b@example.org"})

    assert answer.status_code < 500
    assert mailoutbox == []


def test_cached_cookie(public_face):
    for path in ("/", "/arrangementer/", "/soeg/?q=a"):
        answer = public_face.get(path)
        assert not answer.cookies
        assert "cookie" not in answer.get("Vary", "").lower()


def test_token_in_a_referer(client):
    answer = client.get(public_href("events:confirm", "A" * 43))

    assert answer["Referrer-Policy"] in ("same-origin", "no-referrer")
    assert not re.search(r"""\bsrc=["'](?:https?:)?//""", answer.text)
