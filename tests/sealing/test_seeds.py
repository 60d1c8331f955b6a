"""What a second factor rests on stands sealed, also while it waits in a session."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse

from outreach.accounts import seeds
from outreach.accounts.sessions import SessionStore
from outreach.sealing.key_files import SIGN_IN
from outreach.sealing.seals import is_sealed
from tests.accounts.conftest import colleague, two_factors  # noqa: F401

pytestmark = pytest.mark.django_db


def kept() -> list[str]:
    """Every text of a factor, as it stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute("select data from mfa_authenticator order by id")
        rows = [row if isinstance(row, dict) else json.loads(row) for (row,) in cursor.fetchall()]
    return [
        text for data in rows for text in [*data.values(), *data.get("migrated_codes", [])] if isinstance(text, str)
    ]


@pytest.fixture
def kim(keys, two_factors, colleague):  # noqa: F811
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    return kim


def test_seeds_and_codes_stand_sealed_before_and_after_they_were_shown(kim):
    assert len(kept()) == 2
    assert all(map(is_sealed, kept()))

    codes = re.findall(r"<code>(\d{8})</code>", kim.client.get(reverse("mfa_view_recovery_codes")).content.decode())

    assert len(kept()) == 1 + len(codes)
    assert all(map(is_sealed, kept()))
    kim.client = Client()
    kim.sign_in()
    assert kim.show_code(codes[0]).status_code == 302


def test_a_seed_that_waits_in_a_session_is_sealed_too(keys, two_factors, colleague):  # noqa: F811
    kim = colleague()
    kim.sign_in()
    page = kim.client.get(reverse("mfa_activate_totp")).content.decode()

    secret = re.search(r'class="key">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute("select session_data from accounts_session")
        stored = [super(SessionStore, SessionStore()).decode(data) for (data,) in cursor.fetchall()]

    assert any(is_sealed(str(data.get("mfa.totp.secret"))) for data in stored)
    assert secret not in str(stored)


def test_without_the_key_nobody_comes_in_and_the_page_says_why(kim, keys, another):
    keys(SIGN_IN, another())
    kim.client = Client()
    kim.sign_in()

    for code in ("000000", "12345678"):
        page = kim.show_code(code)
        assert page.status_code == 200
        assert "en af sidens nøgler mangler" in page.content.decode()
    assert kim.client.get(reverse("mfa_index")).status_code == 302


def test_what_stood_in_clear_is_sealed_by_the_migration_and_opened_by_its_undoing(kim):
    for _count in seeds.change_each(Authenticator, seeds.opened):
        pass
    assert kim.secret in kept()

    for _count in seeds.change_each(Authenticator, lambda text: None if is_sealed(text) else seeds.sealed(text)):
        pass

    assert all(map(is_sealed, kept()))
    kim.client = Client()
    kim.sign_in()
    assert kim.show_code().status_code == 302
