"""Nobody fills a stranger's mailbox, or our table, through the form."""

import pytest
from django.urls import reverse

from events.forms.registering import RegistrationForm
from events.models import Registration
from outreach.privacy import limits

WRITTEN = {"name": "Ana", "organisation": "Foreningen Havn", "consent": "on"}


@pytest.fixture
def send(client, event):
    """Send the form, for this address and from this place."""

    def send(email, *, place="192.0.2.7"):
        typed = {**WRITTEN, "email": email, "form_token": RegistrationForm.new_token()}
        return client.post(reverse("events:register", args=[event.slug]), typed, REMOTE_ADDR=place)

    return send


def test_one_address_gets_so_many_mails_and_no_more(send, monkeypatch):
    monkeypatch.setattr(limits, "PER_ADDRESS", 2)

    answers = [send("ana@example.org", place=f"192.0.2.{number}").status_code for number in range(3)]

    assert answers == [302, 302, 429]
    assert send("ben@example.org").status_code == 302
    assert Registration.objects.count() == 3


def test_one_place_sends_so_many_and_keeps_what_was_typed(send, monkeypatch):
    monkeypatch.setattr(limits, "PER_SOURCE", 1)
    send("ana@example.org")

    refused = send("ben@example.org")

    assert refused.status_code == 429
    assert "ben@example.org" in refused.content.decode()
    assert Registration.objects.count() == 1
    assert send("cleo@example.org", place="192.0.2.8").status_code == 302


def test_a_form_without_a_word_in_it_says_what_is_missing(client, event):
    assert client.post(reverse("events:register", args=[event.slug]), {}).status_code == 422
