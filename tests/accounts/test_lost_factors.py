"""A lost second factor goes when a second administrator agrees within a day, and never otherwise."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from outreach.accounts.models import FactorReset, Role, User
from outreach.accounts.services import colleagues, lost_factors
from outreach.audit.models import Entry
from outreach.privacy.retention import RULES

pytestmark = pytest.mark.django_db
Outcome = FactorReset.Outcome
REASON = "Lost in a train; I met them today"


@pytest.fixture
def administrators(colleague):
    """Three, signed in."""
    three = [colleague(Role.ADMINISTRATOR, language="en") for _ in range(3)]
    for one in three:
        one.sign_in()
    return three


@pytest.fixture
def lost(colleague):
    """A colleague with a phone and recovery codes, who is signed in somewhere."""
    lost = colleague(name="Kim Lost", language="en")
    lost.sign_in()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=lost.user, type=kind, data={})
    return lost


def page(name, row):
    return reverse(f"colleagues:{name}", args=[row.pk])


def ask(by, about, **facts):
    facts = {"reason": REASON, "now": timezone.now()} | facts
    return lost_factors.ask(about.user, actor=by.user, **facts)


def factors(who):
    return Authenticator.objects.filter(user=who.user).count()


def test_two_administrators_remove_it_and_the_colleague_is_told_twice(administrators, lost, work):
    first, second, _ = administrators
    asked = first.client.post(page("lost", lost.user), {"reason": REASON})
    request = FactorReset.objects.get()
    assert asked.url == page("request", request)
    work()
    assert "has asked to remove" in mail.outbox[-1].body
    assert factors(lost) == 2

    second.client.post(page("request", request), {"do": "approve"})
    work()

    assert factors(lost) == 0
    assert [message.to for message in mail.outbox] == [[lost.user.email]] * 2
    assert "has been removed" in mail.outbox[-1].body
    assert lost.client.get(reverse("workspace:people")).status_code == 302
    told = Entry.objects.about(request).exclude(verb="view").order_by("at").values_list("actor_id", "verb", "reason")
    assert list(told) == [(first.user.pk, "create", REASON), (second.user.pk, "change", "request approved")]


def test_who_asked_does_not_agree_nor_does_the_one_it_is_about(administrators, lost):
    first, second, third = administrators
    Authenticator.objects.create(user=third.user, type=Authenticator.Type.TOTP, data={})
    request, own = ask(first, lost), ask(second, third)

    for by, about in ((first, request), (third, own)):
        by_service = lost_factors.NotTheirs if by is first else colleagues.OwnAccount
        with pytest.raises(by_service):
            lost_factors.approve(about, actor=by.user, now=timezone.now())
    first.client.post(page("request", request), {"do": "approve"})

    assert not FactorReset.objects.exclude(outcome="").exists()
    assert factors(lost) == 2
    with pytest.raises(colleagues.OwnAccount):
        ask(first, first)


def test_it_is_decided_once(administrators, lost):
    first, second, third = administrators
    request = ask(first, lost)
    stale = FactorReset.objects.get()
    lost_factors.refuse(request, actor=second.user, now=timezone.now())

    for decision, actor in (
        (lost_factors.approve, third),
        (lost_factors.refuse, third),
        (lost_factors.withdraw, first),
    ):
        with pytest.raises(lost_factors.NotOpen):
            decision(stale, actor=actor.user, now=timezone.now())
    assert FactorReset.objects.get().outcome == Outcome.REFUSED
    assert factors(lost) == 2


def test_after_a_day_nobody_agrees_any_more_and_it_can_be_asked_anew(administrators, lost):
    first, second, _ = administrators
    request = ask(first, lost, now=timezone.now() - timedelta(hours=24, seconds=1))

    with pytest.raises(lost_factors.NotOpen):
        lost_factors.approve(request, actor=second.user, now=timezone.now())
    assert "Ran out" in second.client.get(page("request", request)).text

    ask(first, lost)
    assert sorted(FactorReset.objects.values_list("outcome", flat=True)) == ["", "expired"]
    with pytest.raises(lost_factors.AskedAlready):
        ask(second, lost)


def test_who_asked_takes_it_back_and_nobody_else_does(administrators, lost):
    first, second, _ = administrators
    request = ask(first, lost)
    with pytest.raises(lost_factors.NotTheirs):
        lost_factors.withdraw(request, actor=second.user, now=timezone.now())

    first.client.post(page("request", request), {"do": "withdraw"})

    assert FactorReset.objects.get().outcome == Outcome.WITHDRAWN
    assert factors(lost) == 2


def test_what_somebody_asked_who_administers_no_more_is_granted_by_nobody(administrators, lost):
    first, second, third = administrators
    request = ask(first, lost)
    User.objects.filter(pk=first.user.pk).update(role=Role.EDITOR)
    with pytest.raises(lost_factors.NotOpen):
        lost_factors.approve(request, actor=second.user, now=timezone.now())

    colleagues.close(User.objects.get(pk=first.user.pk), actor=third.user)

    assert FactorReset.objects.get().outcome == Outcome.WITHDRAWN


def test_where_there_is_none_nobody_asks(administrators, colleague):
    first, _second, _third = administrators
    with pytest.raises(lost_factors.NothingToRemove):
        ask(first, colleague())


def test_it_waits_for_those_who_can_decide(administrators, lost):
    first, second, _ = administrators
    ask(first, lost)

    waiting = [one.client.get(reverse("colleagues:list")).text for one in (first, second)]

    assert ["Waits for another administrator" in text for text in waiting] == [True, False]
    assert ["Waits for you" in text for text in waiting] == [False, True]
    assert [FactorReset.objects.waiting_for(one.user, timezone.now()).count() for one in administrators] == [0, 1, 1]


def test_a_request_is_forgotten_after_a_year(administrators, lost):
    ask(administrators[0], lost, now=timezone.now() - timedelta(days=366))

    assert RULES["accounts.factor_resets"].apply(timezone.now()) == 1


# On the server


def reset(email, **options):
    call_command("reset_factor", email, reason="Lost in a train", **options)


def test_with_one_other_administrator_left_the_command_removes_it_in_their_name(colleague, lost, work):
    other = colleague(Role.ADMINISTRATOR)
    for wrong in ({}, {"by": lost.user.email}, {"nobody_else": True}):
        with pytest.raises(CommandError, match="one other administrator"):
            reset(lost.user.email, **wrong)
    assert factors(lost) == 2

    reset(lost.user.email, by=other.user.email)
    work()

    assert factors(lost) == 0
    assert "has been removed" in mail.outbox[-1].body
    assert any(str(other.user.pk) in entry.reason for entry in Entry.objects.about(lost.user))


def test_alone_it_must_be_said_that_there_is_nobody_else(lost):
    with pytest.raises(CommandError, match="--nobody-else"):
        reset(lost.user.email)

    reset(lost.user.email, nobody_else=True)

    assert factors(lost) == 0


def test_where_two_can_agree_the_command_leaves_it_to_them(administrators, lost):
    with pytest.raises(CommandError, match="Two other administrators"):
        reset(lost.user.email, by=administrators[0].user.email)
    assert factors(lost) == 2


def test_the_first_administrator_is_entered_by_a_command_and_no_second_one(db, capsys):
    call_command("create_first_administrator", "Ida@Example.org", "Ida Holm")

    ida = User.objects.get()
    assert (ida.email, ida.role, ida.has_usable_password()) == ("ida@example.org", Role.ADMINISTRATOR, False)
    assert "/account/password/reset/" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is an administrator"):
        call_command("create_first_administrator", "ib@example.org", "Ib")
