"""What matters most is asked for with a proof of the last five minutes; what was sent goes along with it."""

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from outreach.accounts.access import workspace_required
from outreach.accounts.models import Role
from outreach.accounts.proof import fresh_proof_required
from outreach.urls import development
from tests.accounts.conftest import PASSWORD

GIVE = "/workspace/give/"
SENT = {"reason": ["Sick leave\r\n& <b>bold</b>"], "to": ["a", "b"], "note": [""]}
OURS = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}


@workspace_required
@fresh_proof_required
def give(request):
    given = sorted((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
    return HttpResponse(repr(given))


urlpatterns = [path("workspace/give/", give), *development.urlpatterns]


@pytest.fixture(autouse=True)
def with_what_matters(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def kim(two_factors, colleague):
    """Signed in with both factors, a while ago."""
    kim = colleague(language="en")
    kim.sign_in()
    kim.enrol()
    return kim


def some_time_ago(client):
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record | {"at": record["at"] - 301} for record in session[AUTHENTICATION_METHODS_SESSION_KEY]
    ]
    session.save()


def filled_in(page, **proof):
    form = BeautifulSoup(page.content, "html.parser").select_one("main form")
    hidden = form.select("input[type=hidden]")
    sent = {
        name: [field["value"] for field in hidden if field["name"] == name] for name in {f["name"] for f in hidden}
    }
    return sent | {f"proof-{name}": value for name, value in proof.items()}


def test_whoever_has_just_shown_it_is_not_asked(kim):
    assert kim.client.post(GIVE, SENT).text == repr(sorted(SENT.items()))


def test_after_a_while_it_is_asked_for_and_what_was_sent_goes_along(kim):
    some_time_ago(kim.client)
    page = kim.client.post(GIVE, SENT)
    assert page.status_code == 403

    answer = kim.client.post(GIVE, filled_in(page, code=kim.next_code()))

    assert answer.text == repr(sorted(SENT.items()))
    assert kim.client.post(GIVE, SENT).status_code == 200


def test_a_wrong_code_keeps_what_was_sent_and_lets_nothing_through(kim):
    some_time_ago(kim.client)
    page = kim.client.post(GIVE, SENT | {"proof-code": "000000"})

    assert page.status_code == 403
    assert "This code is not right" in page.text
    assert filled_in(page)["to"] == ["a", "b"]
    assert kim.client.post(GIVE, SENT).status_code == 403


def test_a_password_does_not_stand_in_for_the_code(kim):
    some_time_ago(kim.client)

    assert kim.client.post(GIVE, SENT | {"proof-password": PASSWORD}).status_code == 403


def test_a_page_that_is_only_read_leads_to_the_code_and_back(kim):
    some_time_ago(kim.client)
    asked = kim.client.get(f"{GIVE}?year=2026")

    assert asked.url == "/account/again/code/?next=/workspace/give/%3Fyear%3D2026"
    assert kim.client.post(asked.url, {"code": kim.next_code()}).url == f"{GIVE}?year=2026"
    assert kim.client.get(GIVE).status_code == 200


def test_where_a_password_is_enough_the_password_is_asked_for(colleague):
    kim = colleague()
    kim.sign_in()
    some_time_ago(kim.client)

    assert kim.client.post(GIVE, SENT | {"proof-password": "another four words here"}).status_code == 403
    assert kim.client.get(GIVE).url.startswith("/account/again/password/")
    assert kim.client.post(GIVE, SENT | {"proof-password": PASSWORD}).text == repr(sorted(SENT.items()))


def test_whose_page_it_is_not_is_refused_before_anything_is_asked(two_factors, colleague):
    auditor = colleague(Role.AUDITOR)
    auditor.sign_in()
    auditor.enrol()
    some_time_ago(auditor.client)

    assert "proof" not in auditor.client.post(GIVE, SENT).text
    assert Client().post(GIVE, SENT).url.startswith("/account/login/")


def test_no_page_repeats_a_code_or_a_password(kim):
    """Not even the one that gives back what was sent with the token of an earlier session."""
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = kim.client.cookies

    page = careful.post(GIVE, SENT | {"proof-password": PASSWORD}, headers=OURS)

    assert page.status_code == 403
    assert "Sick leave" in page.text
    assert PASSWORD not in page.text
