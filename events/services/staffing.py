"""Who looks after an event: the one who owns it, and who helps at its door on which day."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from events.models import Event, Helper
from outreach.accounts.models import DESK_ROLES, Role, User
from outreach.audit.trail import record

from . import planning


def may_own(event: Event) -> QuerySet[User]:
    """The colleagues whom ``event`` can be given to: whoever works with events and does not own it."""
    return User.objects.at_work().filter(role__in=DESK_ROLES).exclude(pk=event.owner_id).by_name()


def may_help() -> QuerySet[User]:
    return User.objects.at_work().filter(role=Role.CHECK_IN_HELPER).by_name()


def still_runs(colleague_id: UUID | str, event: Event, *, started: str) -> bool:
    """Whether they run ``event`` now. What they started once they do not ends without a result; the trail says so."""
    user = User.objects.at_work().filter(pk=colleague_id).first()
    if user and Event.objects.run_by(user).filter(pk=event.pk).exists():
        return True
    record("refuse", event, actor=user, reason=f"no longer runs the event: {started}")
    return False


@transaction.atomic
def give(event: Event, receiver: User, *, officer: User, now: datetime) -> Event:
    """Make ``receiver`` the owner: from the next page on the registrations are theirs to read."""
    event = planning.claim(event)
    event.owner = receiver
    return planning.keep(event, officer=officer, now=now, reason="given to another owner")


@transaction.atomic
def name_helper(event: Event, colleague: User, *, day: date, officer: User) -> Helper:
    """Open the names of ``event`` to a helper on that day. Raises IntegrityError when they are named already."""
    helper = Helper.objects.create(event=event, colleague=colleague, day=day, named_by=officer)
    record("change", event, actor=officer, reason=f"a helper is named for {day}", ids=[colleague.pk])
    return helper


@transaction.atomic
def let_go(helper: Helper, *, officer: User) -> None:
    """From the next page on they read no name."""
    colleague, day = helper.colleague_id, helper.day
    helper.delete()
    record("change", helper.event, actor=officer, reason=f"a helper is named no more for {day}", ids=[colleague])
