"""What is sent in place of a passkey's answer opens nothing, and breaks nothing."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from outreach.accounts import showing
from outreach.audit.models import Entry

CLIENT = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiIiwib3JpZ2luIjoiaHR0cDovL2xvY2FsaG9zdDo4MDAwIn0"
NONSENSE = [
    "",
    "null",
    "5",
    "[]",
    "{}",
    '"text"',
    "{not json",
    '{"response": 5}',
    '{"response": {"clientDataJSON": "!"}}',
    '{"response": {"clientDataJSON": "e30"}}',
    json.dumps({"id": "x", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": CLIENT}}),
    json.dumps({"id": "AAAA", "rawId": "AAAA", "response": {"clientDataJSON": CLIENT, "userHandle": "AAAA"}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": CLIENT,
                "authenticatorData": "AAAA",
                "signature": "AAAA",
                "attestationObject": "AAAA",
                "userHandle": "AAAA",
            },
        }
    ),
]


@pytest.fixture(autouse=True)
def at_home(settings):
    settings.INTERNAL_BASE_URL = "http://localhost:8000"


def test_nonsense_in_place_of_a_password_signs_nobody_in(db):
    for credential in NONSENSE:
        client = Client()
        client.get(reverse("mfa_login_webauthn"))

        answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})

        assert answer.url == reverse("account_login"), credential
        assert client.get(reverse("mfa_index")).status_code == 302


def test_nonsense_after_the_password_and_in_place_of_a_new_passkey_is_refused_in_a_sentence(two_factors, colleague):
    kim = colleague(language="en")
    kim.sign_in()
    for credential in NONSENSE[1:]:
        page = kim.client.post(reverse("mfa_add_webauthn"), {"name": "", "credential": credential})
        assert page.status_code == 200, credential
    kim.enrol()
    kim.client = Client()
    kim.sign_in()

    for credential in NONSENSE[1:]:
        page = kim.client.post(reverse("mfa_authenticate"), {"credential": credential})
        assert page.status_code == 200, credential

    assert not Authenticator.objects.filter(type="webauthn").exists()
    assert Entry.objects.filter(verb="refuse", reason="sign-in: passkey", object_id=str(kim.user.pk)).exists()


def test_whom_a_passkey_belongs_to_comes_from_the_settings_whatever_host_is_asked(client, db, settings):
    settings.INTERNAL_BASE_URL = "https://inside.example"
    settings.ALLOWED_HOSTS = ["*"]

    question = client.get(reverse("mfa_login_webauthn"), headers={"host": "evil.example"}).json()["publicKey"]

    assert question["rpId"] == "inside.example"
    assert question["userVerification"] == "required"


def test_a_passkey_of_somebody_else_is_not_there(colleague):
    kim, other = colleague(), colleague()
    kim.client.force_login(kim.user)
    facts = {"type": "webauthn", "data": {"name": "Laptop", "credential": {}}}
    theirs = Authenticator.objects.create(user=other.user, **facts)

    for send in (kim.client.get, kim.client.post):
        assert send(reverse("mfa_remove_webauthn", args=[theirs.pk])).status_code == 404


def test_a_flood_of_questions_and_answers_from_one_place_ends(client, db, monkeypatch):
    monkeypatch.setattr(showing, "QUESTIONS", 6)
    address = reverse("mfa_login_webauthn")

    for _time in range(10):
        client.get(address)
        client.post(address, {"credential": '{"id": "x"}'})

    assert Entry.objects.filter(reason="sign-in: passkey").count() == 3
    assert client.get(address).url == reverse("account_login")
    assert "Brug din adgangskode" in client.get(reverse("account_login")).text
    assert Client(REMOTE_ADDR="192.0.2.7").get(address).status_code == 200
