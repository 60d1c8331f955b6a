"""Entering colleagues, changing what they are, closing an account and opening it again. By administrators.

Nobody does this to their own account, and whoever does it is held as an administrator until it is done: so there is
always one left, also when two close each other's account in the same moment.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from outreach.accounts.ending import end_sessions_of
from outreach.accounts.models import FactorReset, Role, Team, User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue


class NotAnAdministrator(Exception):
    """The one who acts has lost the role, or the account, a moment ago."""


class OwnAccount(ValueError):
    """Nobody changes their own role, closes their own account or decides about their own second factor."""


class ChangedMeanwhile(Exception):
    """Another administrator has changed the account since it was read."""


def hold_administrators(actor: User) -> set[UUID]:
    """Keep who administers as it is until the transaction ends; their keys. Raises NotAnAdministrator."""
    held = User.objects.administrators().order_by("pk").select_for_update(no_key=True, of=("self",))
    keys = {user.pk for user in held}
    if actor.pk not in keys:
        raise NotAnAdministrator(actor)
    return keys


@transaction.atomic
def enter(colleague: User, teams: Iterable[Team], *, actor: User | None) -> User:
    """A colleague without a password; whom an administrator enters gets a link to choose one.."""
    if actor is not None:
        hold_administrators(actor)
    colleague.set_unusable_password()
    colleague.save(force_insert=True)
    colleague.teams.set(teams)
    record("create", colleague, actor=actor, reason=f"role: {colleague.role}")
    if actor is not None:
        enqueue("accounts.entered", colleague.pk)
    return colleague


@transaction.atomic
def send_link(colleague: User, *, actor: User) -> None:
    """Mail the link to choose a password once more; it opens nothing that "Forgotten your password?" would not."""
    hold_administrators(actor)
    record("change", colleague, actor=actor, reason="link to choose a password")
    enqueue("accounts.entered", colleague.pk)


@transaction.atomic
def change(colleague: User, teams: Iterable[Team], *, actor: User) -> User:
    """Save the name, language, role and teams of ``colleague`` as they are set on it.

    Rights hold from the next request. Raises NotAnAdministrator, OwnAccount, ChangedMeanwhile.
    """
    hold_administrators(actor)
    was = _held(colleague)
    if was.role != colleague.role and colleague.pk == actor.pk:
        raise OwnAccount(colleague)
    colleague.is_active = was.is_active
    colleague.is_superuser = was.is_superuser and colleague.role == Role.ADMINISTRATOR
    colleague.save(update_fields=["name", "language", "role", "is_staff", "is_superuser"])
    colleague.teams.set(teams)
    told = "" if was.role == colleague.role else f"role: {was.role} to {colleague.role}"
    record("change", colleague, actor=actor, reason=told)
    return colleague


@transaction.atomic
def close(colleague: User, *, actor: User) -> None:
    """Let nobody in by this account from the next request on; what it owns stays until it is handed over.

    Raises NotAnAdministrator, OwnAccount, ChangedMeanwhile.
    """
    hold_administrators(actor)
    if colleague.pk == actor.pk:
        raise OwnAccount(colleague)
    if not _held(colleague).is_active:
        return
    end_sessions_of(colleague, actor=actor, reason="account closed")
    _set_active(colleague, False)
    now = timezone.now()
    requests = FactorReset.objects.naming(colleague).filter(outcome="")
    requests.update(outcome=FactorReset.Outcome.WITHDRAWN, decided_by=actor, decided_at=now)
    record("change", colleague, actor=actor, reason="account closed")


@transaction.atomic
def reopen(colleague: User, *, actor: User) -> None:
    """Let a colleague who came back sign in again, with what they have: password, second factor, role and teams."""
    hold_administrators(actor)
    if _held(colleague).is_active:
        return
    _set_active(colleague, True)
    record("change", colleague, actor=actor, reason="account opened again")


def _held(colleague: User) -> User:
    """The account as it stands, in its next version and held for this transaction. Raises ChangedMeanwhile."""
    accounts = User.objects.filter(pk=colleague.pk, version=colleague.version)
    if not accounts.update(version=F("version") + 1):
        raise ChangedMeanwhile(colleague)
    colleague.version += 1
    return User.objects.get(pk=colleague.pk)


def _set_active(colleague: User, active: bool) -> None:
    colleague.is_active = active
    colleague.save(update_fields=["is_active"])
