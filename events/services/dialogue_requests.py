"""From an association's invitation to an answer. What follows from a change is started here, in its transaction.

Whoever is first has it: each move is one UPDATE that asks for the state it starts from, so that two officers who
answer at the same moment, or an officer and the association that withdraws, never both succeed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from content.models import Theme
from events.models import DialogueRequest
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue

Status = DialogueRequest.Status

# What the association tells.
TOLD = (
    *("organisation", "name", "email", "phone", "themes", "topic"),
    *("online", "municipality", "wishes", "people", "languages"),
)


class Outcome(NamedTuple):
    """What a click came to: the state of the invitation now."""

    request_id: UUID
    status: str
    changed: bool = False


def put_themes(requests: Iterable[DialogueRequest]) -> None:
    """Give each ``theme_names``: the topics ticked that still exist, in the reader's language; one query for all."""
    names = {theme.key: theme.name for theme in Theme.objects.all()}
    for request in requests:
        request.theme_names = [names[key] for key in request.themes if key in names]


class NotYours(Exception):
    """Somebody else has taken or answered the invitation, or it was withdrawn: nothing was changed."""


@transaction.atomic
def propose(data: Mapping[str, Any], *, language: str, now: datetime) -> DialogueRequest:
    """Keep what a visitor sent until they confirm their address: an INSERT and a task, no SELECT."""
    request = DialogueRequest(language=language, created_at=now, **{field: data[field] for field in TOLD})
    request.save(force_insert=True)
    enqueue("events.dialogue_asked", request.pk)
    return request


@transaction.atomic
def confirm(request_id: UUID, *, now: datetime) -> Outcome:
    """The address is theirs: the invitation waits for an officer."""
    return _moved(request_id, Status.PENDING, status=Status.CONFIRMED, confirmed_at=now)


@transaction.atomic
def withdraw(request_id: UUID, *, now: datetime) -> Outcome:
    """Take it back; once answered there is nothing to take back."""
    return _moved(request_id, Status.CONFIRMED, status=Status.WITHDRAWN, closed_at=now)


def follow_up(outcome: Outcome) -> None:
    """Start what a confirmation calls for: the mail with the link to withdraw."""
    if outcome.changed:
        enqueue("events.dialogue_confirmed", outcome.request_id)


def _moved(request_id: UUID, before: str, **after: Any) -> Outcome:
    changed = DialogueRequest.objects.filter(pk=request_id, status=before).update(**after)
    status = DialogueRequest.objects.values_list("status", flat=True).get(pk=request_id)
    return Outcome(request_id, status, bool(changed))


@transaction.atomic
def take(request: DialogueRequest, *, officer: User, over_from: User | None = None) -> None:
    """``officer`` looks after it from now on, instead of ``over_from``, whom they saw there. Raises NotYours."""
    still_so = DialogueRequest.objects.waiting().filter(pk=request.pk, handler=over_from)
    _changed(still_so.order_by().update(handler=officer))
    record("change", request, actor=officer, reason="taken")


@transaction.atomic
def hand_back(request: DialogueRequest, *, officer: User) -> None:
    """Anybody may take it again. Raises NotYours."""
    mine = DialogueRequest.objects.waiting().filter(pk=request.pk, handler=officer)
    _changed(mine.order_by().update(handler=None))
    record("change", request, actor=officer, reason="handed back")


@transaction.atomic
def accept(request: DialogueRequest, *, officer: User, now: datetime) -> None:
    """``officer`` will be in touch, and a mail says so. Raises NotYours."""
    _changed(_free(request, officer).update(status=Status.ACCEPTED, handler=officer, closed_at=now))
    enqueue("events.dialogue_answered", request.pk)
    record("change", request, actor=officer, reason="accepted")


@transaction.atomic
def decline(request: DialogueRequest, answer: str, *, officer: User, now: datetime) -> None:
    """Say no with this ``answer``, by mail. Raises NotYours."""
    said_no = {"status": Status.DECLINED, "handler": officer, "answer": answer, "closed_at": now}
    _changed(_free(request, officer).update(**said_no))
    enqueue("events.dialogue_answered", request.pk)
    record("change", request, actor=officer, reason="declined")


def _free(request: DialogueRequest, officer: User) -> QuerySet[DialogueRequest]:
    return DialogueRequest.objects.waiting().free_for(officer).filter(pk=request.pk).order_by()


def _changed(rows: int) -> None:
    if not rows:
        raise NotYours
