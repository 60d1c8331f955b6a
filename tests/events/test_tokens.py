from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

from events.models import RegistrationToken
from events.services import tokens
from events.services.tokens import Purpose
from tests.events.factories import RegistrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    return RegistrationFactory()


def test_a_token_carries_32_bytes_and_only_its_hash_is_stored(registration):
    token = tokens.issue(registration, Purpose.CONFIRM)

    row = RegistrationToken.objects.get()
    assert len(token) == 43
    assert row.hash == tokens.digest(token)
    assert token not in str([vars(row), vars(registration)])


def test_the_same_link_is_made_each_time_a_mail_is_sent(registration):
    assert tokens.issue(registration, Purpose.MANAGE) == tokens.issue(registration, Purpose.MANAGE)


def test_each_purpose_and_each_registration_has_its_own_token(registration):
    made = {
        tokens.issue(registration, Purpose.CONFIRM),
        tokens.issue(registration, Purpose.MANAGE),
        tokens.issue(RegistrationFactory(event=registration.event), Purpose.MANAGE),
    }

    assert len(made) == 3


def test_a_revoked_link_is_unknown_and_the_next_one_differs(registration):
    old = tokens.issue(registration, Purpose.MANAGE)

    tokens.revoke([registration], Purpose.MANAGE)

    assert not RegistrationToken.objects.filter(hash=tokens.digest(old)).exists()
    assert tokens.issue(registration, Purpose.MANAGE) != old


def test_the_token_depends_on_the_key(registration, settings):
    before = tokens.derive(registration, Purpose.CONFIRM, "nonce")

    settings.TOKEN_KEY = "another"

    assert tokens.derive(registration, Purpose.CONFIRM, "nonce") != before


def test_a_process_without_the_key_makes_no_links(registration, settings):
    del settings.TOKEN_KEY

    with pytest.raises(ImproperlyConfigured):
        tokens.issue(registration, Purpose.CONFIRM)


def test_a_link_to_confirm_works_for_seven_days(registration):
    assert tokens.works_until(registration, Purpose.CONFIRM) == registration.created_at + timedelta(days=7)


def test_the_manage_link_follows_the_event_when_it_moves(registration):
    token = tokens.issue(registration, Purpose.MANAGE)
    registration.event.ends_at += timedelta(days=10)

    assert tokens.issue(registration, Purpose.MANAGE) == token
    assert RegistrationToken.objects.get().expires_at == registration.event.ends_at + timedelta(days=30)


def test_an_offer_link_needs_an_offer(registration):
    with pytest.raises(ValueError, match="offered"):
        tokens.issue(registration, Purpose.OFFER)


def test_an_offer_link_works_until_its_deadline():
    offered = RegistrationFactory(offered=True)

    tokens.issue(offered, Purpose.OFFER)

    assert RegistrationToken.objects.get().expires_at == offered.offer_expires_at


@pytest.mark.parametrize("mangled", ["", "x", "æøå", "\ud800", "a" * 5000, "../../etc"])
def test_any_text_at_all_has_a_digest(mangled):
    assert len(tokens.digest(mangled)) == 64
