"""A code opens once, in whatever process; and what is kept of recovery codes opens nothing."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from outreach.accounts.codes import authenticator_of
from outreach.accounts.models import User
from outreach.accounts.password_links import password_link
from outreach.audit.models import Entry

from .conftest import PASSWORD, code_for
from .test_password import NEW, choose


@pytest.fixture
def kim(two_factors, colleague):
    kim = colleague(language="en")
    kim.sign_in()
    kim.enrol()
    return kim


def recovery_codes(kim) -> list[str]:
    return re.findall(r"<code>(\d{8})</code>", kim.client.get(reverse("mfa_view_recovery_codes")).text)


def test_the_code_that_added_the_phone_opens_nothing_more(kim):
    assert authenticator_of(kim.user, code_for(kim.secret)) is None


def test_a_used_code_is_used_for_every_process_and_whatever_is_forgotten(kim):
    code = kim.next_code()

    assert authenticator_of(kim.user, code)
    cache.clear()
    assert authenticator_of(User.objects.get(), code) is None


def test_no_code_of_an_earlier_half_minute_opens_after_a_later_one(kim, time_machine):
    start = kim.user.created_at.replace(second=0, microsecond=0)
    time_machine.move_to(start, tick=False)
    earlier = kim.next_code()
    time_machine.shift(30)
    assert authenticator_of(kim.user, code_for(kim.secret))
    time_machine.shift(-30)

    assert authenticator_of(kim.user, earlier) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_code_opens_for_one(two_factors, colleague):
    kim = colleague()
    kim.sign_in()
    kim.enrol()
    code = kim.next_code()

    def show(number):
        try:
            return authenticator_of(kim.user, code) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(show, range(8))) == [False] * 7 + [True]


def test_recovery_codes_are_kept_as_hashes_once_shown_and_each_opens_once(kim):
    codes = recovery_codes(kim)
    held = Authenticator.objects.get(type="recovery_codes")

    assert len(codes) == 10
    assert "seed" not in held.data
    assert not any(code in str(held.data) for code in codes)
    assert [bool(authenticator_of(kim.user, code)) for code in (codes[3], codes[3], codes[7])] == [True, False, True]
    held.refresh_from_db()
    assert not any(authenticator_of(kim.user, kept) for kept in held.data["migrated_codes"])
    assert "8 recovery codes left" in kim.client.get(reverse("mfa_view_recovery_codes")).text


def test_recovery_codes_made_anew_replace_the_old(kim):
    (old, *_more) = recovery_codes(kim)
    kim.client.post(reverse("mfa_generate_recovery_codes"))
    (new, *_more) = recovery_codes(kim)

    assert authenticator_of(kim.user, old) is None
    assert authenticator_of(kim.user, new)


def test_neither_a_new_password_nor_a_recovery_code_takes_the_factor_away(kim):
    """A code of paper opens one session; the next one is asked again."""
    (code, *_more) = recovery_codes(kim)
    choose(Client(), password_link(User.objects.get()))
    for _time in range(2):
        kim.client = Client()
        assert kim.sign_in(NEW).url == reverse("mfa_authenticate")
        if _time == 0:
            assert kim.show_code(code).status_code == 302

    assert kim.client.get(reverse("mfa_index")).url.startswith(reverse("account_login"))


def test_the_way_in_stands_in_the_trail(two_factors, colleague, django_capture_on_commit_callbacks):
    kim = colleague()
    kim.sign_in()
    with django_capture_on_commit_callbacks(execute=True):
        kim.enrol()
        kim.client.post(reverse("mfa_generate_recovery_codes"))
        kim.client.post(reverse("mfa_reauthenticate"), {"code": kim.next_code()})
        kim.client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
        form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        kim.client.post(reverse("account_change_password"), form)
        kim.client.post(reverse("mfa_deactivate_totp"))

    told = set(Entry.objects.filter(object_label="accounts.User").values_list("verb", "reason"))
    assert told >= {
        ("change", "totp added"),
        ("change", "recovery_codes made anew"),
        ("sign_in", "shown again: totp"),
        ("refuse", "sign-in: code"),
        ("change", "password changed"),
        ("change", "totp removed"),
    }
    assert not Entry.objects.filter(object_label="accounts.User").exclude(object_id=str(kim.user.pk)).exists()
