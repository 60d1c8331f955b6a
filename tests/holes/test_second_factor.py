"""A stolen password alone, at every way round the second factor that comparable systems left open."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.conftest import PASSWORD
from tests.accounts.conftest import colleague as colleague
from tests.accounts.conftest import two_factors as two_factors
from tests.contacts.factories import PersonFactory

EXPORT = "/workspace/people/export/"
AROUND = (
    "/admin/",
    "/admin/pages/",
    "/admin/reports/site-history/",
    "/workspace/",
    "/workspace/people/",
    "/workspace/people/?next=/account/",
    "/workspace//people/",
    "/account/../workspace/people/",
    "/account/login/../../workspace/people/",
    "/WORKSPACE/people/",
    "/workspace/people/;/account/login/",
    "/workspace/search/suggestions/?q=amina",
    "/workspace/events/",
    EXPORT,
    "/account/recovery-codes/",
)
LIES = {"X-Original-URL": EXPORT, "X-Rewrite-URL": EXPORT, "X-HTTP-Method-Override": "GET", "X-Forwarded-For": "::1"}


@pytest.fixture(autouse=True)
def internal_face(settings, two_factors):
    settings.ROOT_URLCONF = "outreach.urls.internal"


@pytest.fixture
def thieves(colleague):
    """One who had the password before there was a phone, and one who has it now."""
    kim, before, now = colleague(), Client(), Client()
    typed = {"login": kim.user.email, "password": PASSWORD}
    before.post(reverse("account_login"), typed)
    kim.sign_in()
    kim.enrol()
    now.post(reverse("account_login"), typed)
    PersonFactory(name="Amina Kendt", owner=kim.user)
    assert "Amina" in kim.client.get("/workspace/people/").text
    return before, now


def test_second_factor_bypassed_by_another_address(thieves):
    opened = []
    for thief in thieves:
        for path in AROUND:
            sent = {"kind": "csv", "reason": "Et møde"}
            for answer in (thief.get(path, headers=LIES), thief.post(path, sent), thief.head(path), thief.put(path)):
                turned_away = answer.status_code == 404 or answer.get("Location", "").startswith("/account/")
                if not turned_away or "Amina" in answer.text:
                    opened.append((path, answer.request["REQUEST_METHOD"], answer.status_code))

    assert opened == []


def test_second_factor_bypassed_by_a_code_of_ones_own(thieves, colleague):
    """The code of another account, and an empty one, prove nothing."""
    other = colleague()
    other.sign_in()
    other.enrol()

    for thief, page in zip(thieves, ("mfa_reauthenticate", "mfa_authenticate"), strict=True):
        for code in ("", "000000", other.next_code()):
            thief.post(reverse(page), {"code": code})
            assert "Amina" not in thief.get("/workspace/people/", follow=True).text
