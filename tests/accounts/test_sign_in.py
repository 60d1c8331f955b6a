"""Signing in with password and second factor, as the internal face demands it."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from outreach.accounts.checks import second_factor_demanded
from outreach.accounts.models import User

from .conftest import PASSWORD, code_for

INSIDE = "/workspace/"


def test_a_stranger_is_led_to_the_sign_in_page(two_factors, db, client):
    assert client.get("/admin/").url == f"{reverse('account_login')}?next=/admin/"


def test_a_wrong_password_is_refused_in_the_same_words_as_an_unknown_address(two_factors, colleague, client):
    wrong = colleague().sign_in("not the password at all")
    unknown = client.post(reverse("account_login"), {"login": "nobody@example.org", "password": "x" * 20})

    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert len(wrong.context["form"].non_field_errors()) == 1


def test_a_password_alone_opens_only_the_way_to_a_second_factor(two_factors, colleague):
    kim = colleague()

    kim.sign_in()

    assert kim.client.get(reverse("mfa_index")).url.startswith(reverse("mfa_activate_totp"))
    assert kim.client.get(reverse("mfa_activate_totp")).status_code == 200


def test_enrolling_opens_the_session_and_shows_the_recovery_codes_once(two_factors, colleague):
    kim = colleague()
    kim.sign_in()

    assert kim.enrol().url == reverse("mfa_view_recovery_codes")

    first = kim.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    second = kim.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", first)) == 10
    assert not re.findall(r"\d{8}", second)
    assert kim.client.get(reverse("mfa_index")).status_code == 200


def test_the_next_session_needs_a_code_again(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    kim.client = Client()

    assert kim.sign_in().url == reverse("mfa_authenticate")
    assert kim.client.get(reverse("mfa_index")).url.startswith(reverse("account_login"))
    assert kim.show_code("000000").status_code == 200
    assert kim.show_code().status_code == 302
    assert kim.client.get(reverse("mfa_index")).status_code == 200


def test_a_code_works_once(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    kim.client, again = Client(), Client()
    kim.sign_in()
    code = code_for(kim.secret)
    kim.show_code(code)
    kim.client = again
    kim.sign_in()

    assert kim.show_code(code).status_code == 200
    assert kim.client.get(reverse("mfa_index")).status_code == 302


def test_a_recovery_code_opens_once(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    page = kim.client.get(reverse("mfa_view_recovery_codes")).content.decode()
    code = re.search(r"<code>(\d{8})</code>", page)[1]
    for expected in (302, 200):
        kim.client = Client()
        kim.sign_in()

        assert kim.show_code(code).status_code == expected


def test_a_session_from_before_enrolment_must_show_the_new_factor(two_factors, colleague):
    """Or whoever knew the password earlier would stay inside, and could remove the phone."""
    kim, earlier = colleague(), Client()
    earlier.post(reverse("account_login"), {"login": kim.user.email, "password": PASSWORD})
    kim.sign_in()
    kim.enrol()

    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_activate_totp", "account_reauthenticate"):
        assert earlier.get(reverse(name)).url.startswith(reverse("mfa_reauthenticate"))
    earlier.post(reverse("mfa_reauthenticate"), {"code": kim.next_code()})
    assert earlier.get(reverse("mfa_index")).status_code == 200


def test_a_session_ends_at_the_second_factor_when_that_is_taken_away(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()

    Authenticator.objects.all().delete()

    assert kim.client.get(reverse("mfa_index")).url.startswith(reverse("mfa_activate_totp"))


def test_a_password_alone_does_not_stand_in_for_the_code_when_it_matters(
    two_factors, colleague, monkeypatch, settings
):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = -1

    removing = kim.client.get(reverse("mfa_deactivate_totp"))

    assert removing.url.startswith(reverse("mfa_reauthenticate"))
    assert kim.client.get(reverse("account_reauthenticate")).url.startswith(reverse("mfa_reauthenticate"))


def test_an_account_that_is_closed_is_out_from_the_next_request(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()

    User.objects.update(is_active=False)

    assert kim.client.get(reverse("mfa_index")).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("path", ["signup", "register", "email", "password/set", "social/login", "2fa"])
def test_nobody_makes_an_account_here(db, client, path):
    assert client.get(f"/account/{path}/").status_code == 404


def test_sign_up_is_closed_even_if_a_page_for_it_came_back(rf):
    assert get_adapter().is_open_for_signup(rf.get("/")) is False


def test_signing_in_leads_back_to_the_page_asked_for(colleague):
    kim = colleague()

    assert kim.sign_in(next="/workspace/x/").url == "/workspace/x/"
    assert colleague().sign_in(next="https://elsewhere.example/").url == reverse("account_start")


def test_signing_out_takes_a_click(colleague):
    kim = colleague()
    kim.sign_in()

    assert kim.client.get(reverse("account_logout")).status_code == 200
    assert kim.client.get(reverse("mfa_index")).status_code == 200
    kim.client.post(reverse("account_logout"))
    assert kim.client.get(reverse("mfa_index")).status_code == 302


def test_development_says_that_a_password_alone_is_for_the_demonstration(db, client, settings):
    sentence = "demonstration"

    assert sentence in client.get(reverse("account_login")).content.decode()
    settings.SECOND_FACTOR_REQUIRED = True
    assert sentence not in client.get(reverse("account_login")).content.decode()


def test_internal_pages_are_never_stored(colleague):
    kim = colleague()
    kim.sign_in()

    for name in ("account_login", "mfa_index"):
        assert kim.client.get(reverse(name))["Cache-Control"] == "no-store"


def test_the_internal_face_lets_no_password_alone_in_whatever_the_settings_say(colleague, settings):
    kim = colleague()
    kim.sign_in()
    assert second_factor_demanded() == []

    settings.FACE = "internal"

    assert kim.client.get(INSIDE).url.startswith(reverse("mfa_activate_totp"))
    assert "demonstration" not in Client().get(reverse("account_login")).text
    assert [error.id for error in second_factor_demanded()] == ["accounts.E001"]
