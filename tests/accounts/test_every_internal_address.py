"""No internal page opens to a stranger, nor to a password alone: asked of every address there is."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import resolve, reverse

from outreach.accounts.middleware import ENROL, OPEN, SHOW
from tests.routes import routes, sample_path

from .conftest import PASSWORD


@pytest.fixture(autouse=True)
def internal_face(settings, two_factors):
    settings.ROOT_URLCONF = "outreach.urls.internal"


def opened(client: Client, *, besides: frozenset[str], turned_away_to: str) -> list[str]:
    """The addresses that answered otherwise than by leading to ``turned_away_to``."""
    found = []
    for route in routes():
        if route.name in OPEN | besides:
            continue
        for send in (client.get, client.post):
            response = send(sample_path(route))
            if not response.headers.get("Location", "").startswith(reverse(turned_away_to)):
                found.append(f"{route.path}: {response.status_code}")
    return found


def test_there_is_something_to_walk():
    paths = [sample_path(route) for route in routes()]

    assert len(paths) > 200
    assert any(path.startswith("/admin/") for path in paths)
    assert any(path.startswith("/workspace/") for path in paths)
    assert all(resolve(path) for path in paths)


def test_a_stranger_is_led_to_the_sign_in_page_from_everywhere(db, client):
    assert opened(client, besides=frozenset(), turned_away_to="account_login") == []


def test_a_password_alone_leads_to_adding_a_phone_from_everywhere(colleague):
    kim = colleague(role="administrator", is_superuser=True)
    kim.sign_in()

    assert opened(kim.client, besides=ENROL, turned_away_to="mfa_activate_totp") == []


def test_a_password_alone_leads_to_the_code_where_there_is_a_phone(colleague):
    kim, earlier = colleague(role="administrator", is_superuser=True), Client()
    earlier.post(reverse("account_login"), {"login": kim.user.email, "password": PASSWORD})
    kim.sign_in()
    kim.enrol()

    assert opened(earlier, besides=SHOW, turned_away_to="mfa_reauthenticate") == []


def test_both_factors_open_the_door(colleague):
    kim = colleague(role="administrator")
    kim.sign_in()
    kim.enrol()

    assert kim.client.get(reverse("wagtailadmin_home")).status_code == 200


@pytest.fixture
def with_a_passkey(colleague):
    """Their only second factor; signed in by the password alone."""
    kim = colleague(role="administrator", is_superuser=True)
    kim.client.force_login(kim.user)
    facts = {"type": "webauthn", "data": {"name": "Laptop", "credential": {}}}
    return kim, Authenticator.objects.create(user=kim.user, **facts)


@pytest.mark.once
def test_a_password_alone_leads_to_the_passkey_where_there_is_one(with_a_passkey):
    kim, _passkey = with_a_passkey

    assert opened(kim.client, besides=SHOW, turned_away_to="mfa_reauthenticate") == []


@pytest.mark.once
def test_a_factor_that_was_removed_or_shown_by_somebody_else_opens_nothing(with_a_passkey, colleague):
    kim, passkey = with_a_passkey
    other = colleague(role="administrator")
    session = kim.client.session
    shown = [{"method": "mfa", "type": "webauthn", "id": passkey.pk, "at": time.time()}]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = shown
    session.save()
    assert kim.client.get(reverse("wagtailadmin_home")).status_code == 200

    Authenticator.objects.filter(pk=passkey.pk).update(user=other.user)
    assert kim.client.get(reverse("wagtailadmin_home")).url.startswith(reverse("mfa_activate_totp"))
    Authenticator.objects.filter(pk=passkey.pk).update(user=kim.user)
    session["_auth_user_id"], session["_auth_user_hash"] = str(other.user.pk), other.user.get_session_auth_hash()
    session.save()
    assert kim.client.get(reverse("wagtailadmin_home")).url.startswith(reverse("mfa_activate_totp"))
