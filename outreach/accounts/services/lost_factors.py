"""A lost second factor: one administrator asks, another one agrees, and only then it goes (security.md, 11).

Neither is the colleague it is about. The password stays as it is: whoever found the phone has it not, and a link by
mail might reach them on that very phone. The colleague is told by mail when it is asked and when it is done.
"""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import QuerySet

from outreach.accounts.ending import end_sessions_of
from outreach.accounts.models import FactorReset, User
from outreach.accounts.resets import OPEN_FOR
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue

from .colleagues import OwnAccount, hold_administrators

Outcome = FactorReset.Outcome


class NothingToRemove(ValueError):
    """The colleague has no second factor, or the account is closed."""


class AskedAlready(Exception):
    """A request about this colleague is open."""


class NotOpen(Exception):
    """Somebody has decided, or the day is over."""


class NotTheirs(Exception):
    """The one who asked does not decide, and nobody but they takes the request back."""


@transaction.atomic
def ask(colleague: User, *, reason: str, actor: User, now: datetime) -> FactorReset:
    """Ask the other administrators to agree, within a day, that the second factors of ``colleague`` go.

    Raises NotAnAdministrator, OwnAccount, NothingToRemove, AskedAlready.
    """
    hold_administrators(actor)
    if colleague.pk == actor.pk:
        raise OwnAccount(colleague)
    if not colleague.is_active or not _factors(colleague).exists():
        raise NothingToRemove(colleague)
    requests = FactorReset.objects.filter(colleague=colleague)
    requests.lapsed(now).update(outcome=Outcome.EXPIRED, decided_at=now)
    if requests.open(now).exists():
        raise AskedAlready(colleague)
    facts = {"reason": reason, "asked_by": actor, "asked_at": now, "expires_at": now + OPEN_FOR}
    request = FactorReset.objects.create(colleague=colleague, **facts)
    record("create", request, actor=actor, reason=reason)
    enqueue("accounts.sign_in_changed", colleague.pk, "factor_asked")
    return request


@transaction.atomic
def approve(request: FactorReset, *, actor: User, now: datetime) -> None:
    """Agree: every second factor and every session of the colleague goes, now.

    Raises NotAnAdministrator, NotTheirs, OwnAccount, NotOpen; the last also when who asked is no administrator now.
    """
    administrators = hold_administrators(actor)
    if request.asked_by_id not in administrators:
        raise NotOpen(request)
    _decide(request, Outcome.APPROVED, actor=actor, now=now)
    remove_factors(request.colleague, actor=actor, reason="two administrators agreed")


@transaction.atomic
def refuse(request: FactorReset, *, actor: User, now: datetime) -> None:
    """Say no; it can be asked anew. Raises NotAnAdministrator, NotTheirs, OwnAccount, NotOpen."""
    hold_administrators(actor)
    _decide(request, Outcome.REFUSED, actor=actor, now=now)


@transaction.atomic
def withdraw(request: FactorReset, *, actor: User, now: datetime) -> None:
    """Take back what one asked for. Raises NotAnAdministrator, NotTheirs, NotOpen."""
    hold_administrators(actor)
    if request.asked_by_id != actor.pk:
        raise NotTheirs(request)
    _settle(request, Outcome.WITHDRAWN, actor=actor, now=now)


def remove_factors(colleague: User, *, actor: User | None, reason: str) -> None:
    """Take away the phone, the passkeys and the recovery codes of ``colleague``, and end their sessions.

    Called where two have agreed, and by the command on the server (reset_factor).
    """
    keys = list(_factors(colleague).values_list("pk", flat=True))
    _factors(colleague).delete()
    record("delete", "mfa.Authenticator", actor=actor, reason=reason, ids=keys)
    record("change", colleague, actor=actor, reason=f"second factors removed: {reason}")
    end_sessions_of(colleague, actor=actor, reason="second factors removed")
    enqueue("accounts.sign_in_changed", colleague.pk, "factor_removed")


def _factors(colleague: User) -> QuerySet:
    return Authenticator.objects.filter(user=colleague)


def _decide(request: FactorReset, outcome: Outcome, *, actor: User, now: datetime) -> None:
    if actor.pk == request.colleague_id:
        raise OwnAccount(request)
    if actor.pk == request.asked_by_id:
        raise NotTheirs(request)
    _settle(request, outcome, actor=actor, now=now)


def _settle(request: FactorReset, outcome: Outcome, *, actor: User, now: datetime) -> None:
    """Once: the statement finds the request open or nothing happens."""
    facts = {"outcome": outcome, "decided_by": actor, "decided_at": now}
    if not FactorReset.objects.open(now).filter(pk=request.pk).update(**facts):
        raise NotOpen(request)
    for name, value in facts.items():
        setattr(request, name, value)
    record("change", request, actor=actor, reason=f"request {outcome}")
