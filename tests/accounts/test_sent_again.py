"""What is sent after the sign-in has run out, or with the token of an earlier session, comes back to be sent again."""

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from contacts.models import Dialogue, Draft
from outreach.accounts.models import User
from tests.contacts.factories import PersonFactory

LOG = reverse("workspace:log")
OURS = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}


@pytest.fixture
def typed(db):
    person = PersonFactory()
    fields = {"who": f"person:{person.pk}", "kind": "call", "note_readers": "me", "date": "2026-11-23"}
    return fields | {"summary": 'Two lines, "quoted"\r\n& <b>bold</b>', "topics": []}


@pytest.fixture
def kim(colleague):
    return colleague(language="en")


def form_of(page):
    return BeautifulSoup(page.content, "html.parser").select_one("main form")


def fields_of(page):
    return {field["name"]: field["value"] for field in form_of(page).select("input[name]")}


def test_text_of_whoever_is_signed_out_comes_back_whole_and_is_stored_nowhere(client, typed):
    page = client.post(LOG, typed | {"form_key": "k"}, headers=OURS)

    assert page.status_code == 403
    kept = fields_of(page)
    assert kept.pop("csrfmiddlewaretoken")
    assert kept == {name: value for name, value in typed.items() if value} | {"form_key": "k"}
    assert form_of(page)["action"] == LOG
    assert not Dialogue.objects.exists() and not Draft.objects.exists()


def test_it_is_saved_when_it_is_sent_again_after_signing_in_with_two_presses_and_no_script(kim, typed):
    kim.client = Client(enforce_csrf_checks=True)
    kept = fields_of(first_try(kim.client, typed))
    kim.client = signed_in_elsewhere(kim)

    once_more = kim.client.post(LOG, kept, headers=OURS)
    assert once_more.status_code == 403
    answer = kim.client.post(LOG, fields_of(once_more), headers=OURS)

    assert answer.status_code == 302
    assert Dialogue.objects.get().summary.split() == typed["summary"].split()


def first_try(client, typed):
    """With the token of the sign-in page, for the check of tokens comes before the one of who it is."""
    token = form_of(client.get(reverse("account_login"))).select_one("[name=csrfmiddlewaretoken]")["value"]
    return client.post(LOG, typed | {"csrfmiddlewaretoken": token}, headers=OURS)


def signed_in_elsewhere(kim):
    """Signing in changes the secret behind the tokens, as in the other tab."""
    kim.client.cookies.pop(settings.CSRF_COOKIE_NAME)
    kim.client.force_login(kim.user)
    kim.client.get(LOG)
    return kim.client


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"origin": "https://elsewhere.example"},
    ],
)
def test_words_that_no_page_of_ours_sent_are_not_shown(client, typed, headers):
    assert client.post(LOG, typed, headers=headers).headers["Location"].startswith(reverse("account_login"))


def test_a_browser_that_names_only_the_origin_is_believed(client, typed):
    assert client.post(LOG, typed, headers={"origin": "http://testserver"}).status_code == 403


@pytest.mark.parametrize("name", ["account_login", "account_reauthenticate"])
def test_a_password_is_never_shown_again(db, name):
    client = Client(enforce_csrf_checks=True)

    page = client.post(reverse(name), {"login": "ana@example.org", "password": "four secret words here"}, headers=OURS)

    assert page.status_code == 403
    assert "four secret words" not in page.content.decode()


def test_nothing_typed_leads_straight_to_the_sign_in_page(db, client):
    assert client.post(LOG, {"csrfmiddlewaretoken": "x", "summary": " "}, headers=OURS).status_code == 302


def test_files_are_asked_for_again(client, typed):
    page = client.post(LOG, typed | {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4")}, headers=OURS)

    assert "Vælg dine filer igen" in page.content.decode()


def test_a_page_that_waited_gets_a_new_token_once_somebody_is_signed_in(client, kim):
    url = reverse("account_token")
    assert client.get(url).status_code == 302

    client.force_login(kim.user)

    answer = client.get(url)
    assert answer.json()["writer"] == str(User.objects.get().pk)
    assert answer.headers["Cache-Control"] == "no-store"
