"""The screens on which an administrator keeps the accounts of colleagues."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from outreach.accounts.models import FactorReset, Role, User
from outreach.accounts.resets import OPEN_FOR
from tools import leading
from tools.samples import Samples
from tools.screen import administering, press, workspace

LEFT = "Bo Tidligere"
REASON = "Telefonen blev væk på vej hjem. Jeg har talt med personen på kontoret i dag."


def colleague(samples: Samples) -> User:
    """Somebody with a second factor, who is nobody the other screens sign in as."""
    found = User.objects.get(role=Role.AUDITOR)
    kind = Authenticator.Type.TOTP
    Authenticator.objects.get_or_create(user=found, type=kind, defaults={"data": {"secret": ""}})
    return found


def busy(samples: Samples) -> User:
    """Somebody who answers for a lot."""
    return User.objects.filter(role=Role.TEAM_LEAD).order_by("name")[0]


def oneself(samples: Samples) -> User:
    return samples.officer


def who_left(samples: Samples) -> User:
    facts = {"name": LEFT, "role": Role.OFFICER, "is_active": False}
    return User.objects.get_or_create(email="bo@example.org", defaults=facts)[0]


def _request(samples: Samples, asked_by: User, **facts: Any) -> FactorReset:
    now = timezone.now()
    about = colleague(samples)
    FactorReset.objects.filter(colleague=about, outcome="").delete()
    asked_at = now - timedelta(minutes=40)
    facts |= {"asked_at": asked_at, "expires_at": asked_at + OPEN_FOR, "reason": REASON}
    return FactorReset.objects.create(colleague=about, asked_by=asked_by, **facts)


def of_another(samples: Samples) -> FactorReset:
    return _request(samples, User.objects.filter(role=Role.ADMINISTRATOR).exclude(pk=samples.officer.pk)[0])


def of_mine(samples: Samples) -> FactorReset:
    return _request(samples, samples.officer)


def decided(samples: Samples) -> FactorReset:
    other = User.objects.filter(role=Role.ADMINISTRATOR).exclude(pk=samples.officer.pk)[0]
    facts = {"outcome": FactorReset.Outcome.REFUSED, "decided_by": other, "decided_at": timezone.now()}
    return _request(samples, samples.officer, **facts)


def with_all(samples: Samples) -> tuple:
    """The list: somebody has left, and a request waits."""
    who_left(samples)
    of_another(samples)
    return ()


def press_then_end(page: Any) -> None:
    press(page)
    leading.end(page)


COLLEAGUES = workspace(
    ("colleagues", administering("colleagues:list", with_all), leading.end),
    ("colleague-new", administering("colleagues:new"), leading.end),
    ("colleague-new-mistakes", administering("colleagues:new"), press_then_end),
    ("colleague", administering("colleagues:colleague", colleague), leading.end),
    ("colleague-own", administering("colleagues:colleague", oneself), leading.end),
    ("colleague-left", administering("colleagues:colleague", who_left), leading.end),
    ("colleague-close", administering("colleagues:close", busy), leading.end),
    ("colleague-lost", administering("colleagues:lost", colleague), leading.end),
    ("colleague-request", administering("colleagues:request", of_another), leading.end),
    ("colleague-request-own", administering("colleagues:request", of_mine), leading.end),
    ("colleague-request-decided", administering("colleagues:request", decided), leading.end),
)
