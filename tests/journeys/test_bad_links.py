"""Links that do not work look the same, whatever is wrong with them; and a GET never changes anything."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import RegistrationToken
from events.services import tokens
from outreach.links import public_path
from tests.events.factories import EventFactory, RegistrationFactory
from tests.journeys.reader import Reader, path_of

Purpose = RegistrationToken.Purpose


def link(registration, purpose=Purpose.CONFIRM):
    return tokens.link(registration, purpose)


def expired(event):
    address = link(RegistrationFactory(event=event))
    RegistrationToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return address


def revoked(event):
    registration = RegistrationFactory(event=event)
    address = link(registration)
    tokens.revoke([registration], Purpose.CONFIRM)
    return address


def forgotten(event):
    registration = RegistrationFactory(event=event)
    address = link(registration)
    registration.delete()
    return address


def of_another_purpose(event):
    token = tokens.issue(RegistrationFactory(event=event, confirmed=True), Purpose.MANAGE)
    return public_path("events:confirm", token, language="da")


BROKEN = {
    "unknown": lambda event: public_path("events:confirm", "A" * 43, language="da"),
    "expired": expired,
    "revoked": revoked,
    "of one forgotten": forgotten,
    "of another purpose": of_another_purpose,
    "cut off": lambda event: link(RegistrationFactory(event=event)).rstrip("/")[:-4] + "/",
    "with a letter changed": lambda event: link(RegistrationFactory(event=event)).lower(),
    "one letter": lambda event: public_path("events:confirm", "x", language="da"),
    "with odd signs": lambda event: public_path("events:confirm", "%00🙂'--%0d%0a", language="da"),
    "with something behind it": lambda event: link(RegistrationFactory(event=event)) + "extra/",
    "with words behind it": lambda event: link(RegistrationFactory(event=event)) + "%20se%20her/og/her/",
    "in capitals": lambda event: link(RegistrationFactory(event=event)).replace("bekraeft", "BEKRAEFT"),
    "cut off before the secret": lambda event: "/arrangementer/bekraeft/",
    "of a registration, cut off": lambda event: "/arrangementer/min-tilmelding/",
    "of an offer, cut off": lambda event: "/arrangementer/tilbud/",
    "endless": lambda event: public_path("events:confirm", "A" * 4000, language="da"),
}


@pytest.fixture
def unusable(reader, danish):
    """What the page for an unknown link looks like."""
    reader.open(public_path("events:confirm", "unknown", language="da"))
    assert (reader.status, reader.heading) == (404, danish.link_unusable)
    return reader.answer


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("why", BROKEN)
def test_every_link_that_does_not_work_gets_one_page(unusable, why, method, client):
    address = BROKEN[why](EventFactory())

    answer = getattr(client, method)(path_of(address), headers={"Sec-Fetch-Site": "same-origin"})

    assert (answer.status_code, answer.content) == (404, unusable.body)
    assert "112" in answer.content.decode()


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.OFFER])
def test_a_used_link_gets_the_same_page(unusable, purpose, danish):
    traits = {Purpose.OFFER: {"offered": True}}.get(purpose, {})
    reader = Reader().open(link(RegistrationFactory(**traits), purpose))
    address = reader.answer.address
    reader.press(danish.yes if purpose == Purpose.OFFER else danish.confirm_button)
    assert reader.heading == danish.seat

    reader.open(address)

    assert (reader.status, reader.answer.body) == (404, unusable.body)


@pytest.mark.parametrize("purpose", Purpose)
def test_opening_a_link_changes_nothing(purpose, db):
    state = {Purpose.OFFER: "offered", Purpose.MANAGE: "confirmed", Purpose.COME: "confirmed"}.get(purpose)
    until = {"offer_expires_at": timezone.now() + timedelta(days=1)} if purpose == Purpose.SWAP else {}
    registration = RegistrationFactory(**({state: True} if state else until))

    for _ in range(3):
        assert Reader().open(link(registration, purpose)).status == 200

    before = registration.status
    registration.refresh_from_db()
    assert registration.status == before
