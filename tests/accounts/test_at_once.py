"""Administrators in the same moment, with real transactions: one always stays, and a request is decided once."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from outreach.accounts.models import FactorReset, Role, User
from outreach.accounts.services import colleagues, lost_factors
from outreach.audit.models import Entry
from tests.events.factories import OfficerFactory
from tests.events.test_concurrency import at_once, call

pytestmark = pytest.mark.django_db(transaction=True)


def tried(function, *args, **kwargs):
    """Whether it went through; what a service refuses did not."""
    try:
        function(*args, **kwargs)
    except (colleagues.NotAnAdministrator, colleagues.ChangedMeanwhile, lost_factors.NotOpen):
        return False
    return True


def administrators(count):
    return [OfficerFactory(role=Role.ADMINISTRATOR) for _ in range(count)]


def test_of_three_who_close_each_others_account_one_stays():
    three = administrators(3)
    pairs = [(actor, other) for actor in three for other in three if actor != other]

    at_once(*[call(tried, colleagues.close, User.objects.get(pk=other.pk), actor=actor) for actor, other in pairs])

    assert User.objects.administrators().count() == 1


def test_what_is_approved_refused_and_withdrawn_at_once_is_decided_once():
    first, second, third = administrators(3)
    lost = OfficerFactory()
    Authenticator.objects.create(user=lost, type=Authenticator.Type.TOTP, data={})
    now = timezone.now()
    lost_factors.ask(lost, reason="Left in a train", actor=first, now=now)
    deciding = [
        (lost_factors.approve, second),
        (lost_factors.refuse, third),
        (lost_factors.withdraw, first),
        (lost_factors.approve, third),
    ]

    went = at_once(
        *[call(tried, decide, FactorReset.objects.get(), actor=actor, now=now) for decide, actor in deciding]
    )

    assert went.count(True) == 1
    request = FactorReset.objects.get()
    assert Authenticator.objects.exists() == (request.outcome != "approved")
    assert Entry.objects.about(request).filter(verb="change").count() == 1
