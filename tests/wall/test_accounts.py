"""What the database holds of accounts, whatever the code of the internal face asks of it."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from outreach.accounts.models import FactorReset, Role, Team, User
from outreach.accounts.services import colleagues, lost_factors
from tests.contacts.factories import OfficerFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db]
UP = {"role": Role.ADMINISTRATOR}


def administrator(**facts):
    return OfficerFactory(role=Role.ADMINISTRATOR, **facts)


def change(user, **facts):
    """How many rows a bare statement changed; refused: -1."""
    try:
        with transaction.atomic():
            return User.objects.filter(pk=user.pk).update(**facts)
    except DatabaseError:
        return -1


def has_phone(user):
    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def asked(colleague, by, **facts):
    now = timezone.now()
    facts = {"asked_at": now, "expires_at": now + timedelta(hours=24), "reason": "Lost in a train"} | facts
    return FactorReset.objects.create(colleague=colleague, asked_by=by, **facts)


def test_nobody_but_an_administrator_changes_what_a_colleague_is(as_role):
    kim, other = OfficerFactory(), OfficerFactory()
    for user in (None, kim, OfficerFactory(role=Role.AUDITOR), administrator(is_active=False)):
        with as_role("internal", user):
            for facts in (UP, {"is_active": False}, {"is_superuser": True}, {"email": "new@example.org"}):
                assert change(other, **facts) < 1
                assert change(kim, **facts) < 1

    with as_role("internal", administrator()):
        assert change(other, **UP) == 1


def test_no_administrator_changes_their_own_role(as_role):
    kim = administrator()
    with as_role("internal", kim):
        assert change(kim, role=Role.OFFICER) == -1
        assert change(kim, is_superuser=True) == -1
        assert change(kim, name="Kim Ny") == 1


def test_signing_in_and_choosing_a_password_need_no_administrator(as_role):
    kim = OfficerFactory()
    with as_role("internal"):
        assert change(kim, last_login=timezone.now(), password="x") == 1
    with as_role("internal", kim):
        assert change(kim, language="en") == 1
    with as_role("internal", OfficerFactory()):
        assert change(kim, password="x") == 0


def test_only_an_administrator_enters_colleagues_and_puts_them_in_teams(as_role):
    team = Team.objects.create(name="Team West")
    kim = OfficerFactory()
    for user in (None, kim):
        with as_role("internal", user):
            with pytest.raises(DatabaseError), transaction.atomic():
                User.objects.create_user("new@example.org", name="New")
            with pytest.raises(DatabaseError), transaction.atomic():
                kim.teams.add(team)
    with as_role("internal", administrator()):
        kim.teams.add(team)
        assert User.objects.create_user("new@example.org", name="New").pk


def test_a_factor_goes_only_when_two_administrators_agreed(as_role):
    lost, first, second = OfficerFactory(), administrator(), administrator()
    phone = has_phone(lost)
    with as_role("internal", first):
        request = asked(lost, first)
        assert Authenticator.objects.filter(pk=phone.pk).delete()[0] == 0
        with pytest.raises(IntegrityError, match="approved_by_a_third"), transaction.atomic():
            decided(request, first)
        with pytest.raises(DatabaseError, match="policy"), transaction.atomic():
            decided(request, second)
    with as_role("internal", second):
        decided(request, second)
        assert Authenticator.objects.filter(pk=phone.pk).delete()[0] == 1


def decided(request, by):
    FactorReset.objects.filter(pk=request.pk).update(outcome="approved", decided_by=by, decided_at=timezone.now())


def test_what_was_granted_long_ago_removes_no_new_phone(as_role):
    lost, first, second = OfficerFactory(), administrator(), administrator()
    asked(lost, first, outcome="approved", decided_by=second, decided_at=timezone.now() - timedelta(minutes=6))
    has_phone(lost)
    with as_role("internal", second):
        assert Authenticator.objects.all().delete()[0] == 0


def test_nobody_asks_in_anothers_name_and_nobody_else_reads_it(as_role):
    lost, first, second = OfficerFactory(), administrator(), administrator()
    with as_role("internal", second), pytest.raises(DatabaseError, match="policy"), transaction.atomic():
        asked(lost, first)
    asked(lost, first)
    for user in (None, lost, OfficerFactory(role=Role.AUDITOR)):
        with as_role("internal", user):
            assert not FactorReset.objects.exists()


def test_nobody_adds_a_phone_to_anothers_account_nor_reads_theirs(as_role):
    kim, other = OfficerFactory(), OfficerFactory()
    has_phone(kim)
    with as_role("internal", other):
        assert not Authenticator.objects.exists()
    for user in (other, administrator()):
        with as_role("internal", user), pytest.raises(DatabaseError, match="policy"), transaction.atomic():
            has_phone(kim)


def test_what_administrators_do_in_the_workspace_passes_the_lock(as_role):
    """Every service, under the role and the policies of the internal process."""
    first, second, now = administrator(), administrator(), timezone.now()
    team, lost = Team.objects.create(name="Team West"), OfficerFactory()
    has_phone(lost)
    with as_role("internal", first):
        kim = colleagues.enter(User(email="kim@example.org", name="Kim"), [team], actor=first)
        kim.role = Role.EDITOR
        colleagues.change(kim, [], actor=first)
        colleagues.close(kim, actor=first)
        colleagues.reopen(kim, actor=first)
        colleagues.send_link(kim, actor=first)
        request = lost_factors.ask(lost, reason="Left in a train", actor=first, now=now)
        lost_factors.withdraw(request, actor=first, now=now)
        request = lost_factors.ask(lost, reason="Left in a train", actor=first, now=now)
    with as_role("internal", second):
        lost_factors.approve(request, actor=second, now=timezone.now())

    kim.refresh_from_db()
    assert (kim.role, kim.is_active, kim.teams.count(), kim.groups.count()) == (Role.EDITOR, True, 0, 1)
    assert not Authenticator.objects.exists()
