"""What a host and a helper at the door meet, by the rule and by the lock behind it: their own event, on their day."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from events.models import Helper, Invitation, Registration, Reply
from outreach.accounts.models import Role
from outreach.mail.models import OutboxMessage
from tests.contacts.factories import (
    NOW,
    TODAY,
    EventFactory,
    OfficerFactory,
    PersonFactory,
    RegistrationFactory,
    TeamFactory,
)
from tests.events.factories import InvitationFactory, ReplyFactory
from tests.wall.test_second_lock import VISIBLE, mail_about

pytestmark = pytest.mark.django_db
EVENING = {"starts_at": NOW + timedelta(hours=8), "ends_at": NOW + timedelta(hours=10)}


@pytest.fixture(autouse=True, scope="module")
def wall_before_any_test(request):
    """Roles made within the transaction of a test would go with it."""
    if connection.vendor == "postgresql":
        request.getfixturevalue("wall")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def met(request):
    """What somebody meets of a model: by ``visible_to``, and with nothing but the lock on PostgreSQL."""

    def met(user, model=Registration, *, strictly=True):
        seen = set(model.objects.visible_to(user))
        if connection.vendor == "postgresql":
            with request.getfixturevalue("as_role")("internal", user):
                behind = set(model.objects.all())
            assert behind == seen if strictly else behind >= seen
        return seen

    return met


def helper(event, day=TODAY, **facts):
    colleague = OfficerFactory(role=Role.CHECK_IN_HELPER, **facts)
    Helper.objects.create(event=event, colleague=colleague, day=day, named_by=event.owner)
    return colleague


def test_a_host_meets_the_registrations_of_events_they_own_and_not_those_of_their_team(met):
    team = TeamFactory()
    host = OfficerFactory(role=Role.EVENT_HOST, teams=[team])
    own = RegistrationFactory(event__owner=host)
    RegistrationFactory(event__team=team)
    RegistrationFactory()

    assert met(host) == {own}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.TEAM_LEAD, Role.ADMINISTRATOR])
def test_a_team_runs_its_events_together(met, role):
    team = TeamFactory()
    shared = RegistrationFactory(event__team=team)

    assert met(OfficerFactory(role=role, teams=[team])) == {shared}


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER, Role.CHECK_IN_HELPER])
def test_who_changes_to_a_role_without_events_meets_no_registration_of_what_they_still_own(met, role):
    user = OfficerFactory(role=role)
    reply = ReplyFactory(registration__event__owner=user)
    InvitationFactory(event__owner=user)

    assert reply.registration.event.owner == user
    assert (met(user), met(user, Reply), met(user, Invitation)) == (set(), set(), set())


def test_who_has_left_meets_no_registration(met):
    gone = OfficerFactory(is_active=False)
    RegistrationFactory(event__owner=gone)

    assert met(gone) == set()


def test_a_helper_meets_who_comes_to_the_door_and_nobody_else(met):
    event = EventFactory(**EVENING)
    coming = RegistrationFactory(event=event)
    for name, facts in (("Ben", {"status": "applied"}), ("Eva", {"status": "cancelled"}), ("Liv", {"mode": "online"})):
        RegistrationFactory(event=event, name=name, **facts)
    RegistrationFactory(event=EventFactory(**EVENING))

    assert met(helper(event)) == {coming}


@pytest.mark.parametrize("days", [-1, 1])
def test_a_helper_meets_nobody_on_another_day(met, days):
    event = EventFactory(starts_at=NOW - timedelta(days=2), ends_at=NOW + timedelta(days=2))
    RegistrationFactory(event=event)

    assert met(helper(event, TODAY + timedelta(days=days))) == set()


@pytest.mark.parametrize("facts", [{"status": "cancelled"}, {"starts_at": NOW + timedelta(days=3)}])
def test_a_helper_meets_nobody_when_the_event_is_not_that_day(met, facts):
    event = EventFactory(**{**EVENING, "ends_at": NOW + timedelta(days=4), **facts})
    RegistrationFactory(event=event)

    assert met(helper(event), strictly=False) == set()


def test_being_named_opens_nothing_to_another_role(met):
    event = EventFactory(**EVENING)
    RegistrationFactory(event=event)
    host = OfficerFactory(role=Role.EVENT_HOST)
    Helper.objects.create(event=event, colleague=host, day=TODAY, named_by=event.owner)

    assert met(host) == set()


@pytest.mark.postgresql
@pytest.mark.parametrize("role", [Role.EVENT_HOST, Role.CHECK_IN_HELPER])
def test_neither_meets_a_contact_and_a_helper_no_mail(as_role, role):
    event = EventFactory(**EVENING)
    user = helper(event)
    user.role = role
    user.save()
    event.owner = user if role == Role.EVENT_HOST else event.owner
    event.save()
    mail_about(RegistrationFactory(event=event))
    mail_about(PersonFactory())

    with as_role("internal", user):
        contacts = {model._meta.label: model._base_manager.count() for model in VISIBLE}
        mails = OutboxMessage.objects.count()

    assert contacts == dict.fromkeys(contacts, 0)
    assert mails == (1 if role == Role.EVENT_HOST else 0)
