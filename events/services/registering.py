"""From a visitor's proposal to a seat, and back. What follows a change is started here, in the same transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from events.models import Event, Refusal, Registration, person_key
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.queue.enqueue import enqueue

from . import seats, swapping
from .seats import Outcome, Status

# What people tell about themselves.
DETAILS = ("name", "email", "organisation", "role", "needs", "partner_kind", "sector")


# After these a seat may be free for the next.
FREED = (Status.CANCELLED, Status.DECLINED, Status.EXPIRED, Status.RELEASED)


class Refused(Exception):
    """Nobody can register for this event, or this person has already; ``reason`` is a Refusal."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def propose(event: Event, data: Mapping[str, Any], *, language: str, now: datetime) -> Registration:
    """Keep what a visitor sent until they confirm their address; it holds no seat. Raises Refused.

    An INSERT and a task, no SELECT: the public role may not read registrations. Whether this person is known here is
    found out by the worker and told to the mailbox.
    """
    return propose_with_colleagues(event, data, (), language=language, now=now)


def propose_with_colleagues(
    event: Event, data: Mapping[str, Any], colleagues: Iterable[Mapping[str, Any]], *, language: str, now: datetime
) -> Registration:
    """The same for the visitor and for each colleague, who all confirm for themselves. Raises Refused.

    A colleague is of the same workplace; role, needs and answers are theirs to tell. ``proposed_by`` has the name of
    who did it for them: they have agreed to nothing yet.
    """
    if reason := event.refusal(now):
        raise Refused(reason)
    shared = {field: data.get(field, "") for field in ("organisation", "partner_kind", "sector")}
    common = {"event": event, "language": language, "created_at": now}
    own = Registration(**common, consent_at=now, **details(event, data))
    others = [
        Registration(**common, proposed_by=own.name, **details(event, {**shared, **colleague}))
        for colleague in colleagues
    ]
    with transaction.atomic(savepoint=False):
        for registration in (own, *others):
            registration.save(force_insert=True)
            enqueue("events.registration_received", registration.pk)
    return own


@transaction.atomic
def register_by_officer(
    event: Event, data: Mapping[str, Any], *, officer: User, now: datetime, key: UUID | None = None
) -> Registration:
    """Give someone who phoned a seat, or a place in the queue, at once; they get mail if they have an address.

    The day registration closes binds visitors, not officers. Raises Refused, and IntegrityError when there is a
    registration with this ``key`` already.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    registration = Registration(
        pk=key or uuid4(),
        event=event,
        registered_by=officer,
        language=data.get("language") or event.language,
        created_at=now,
        **details(event, data),
    )
    registration.folded_key = person_key(registration.name, registration.email, registration.organisation)
    registration.consent_at = now if data.get("consent") else None
    if reason := seats.over(registration, now):
        raise Refused(reason)
    if Registration.objects.same_person(registration).exists():
        raise Refused(Refusal.ALREADY_REGISTERED)
    seats.settle(registration, now=now)
    registration.save(force_insert=True)
    follow_up(seats.outcome(registration, changed=True))
    record("create", registration, actor=officer)
    return registration


@transaction.atomic
def cancel(registration: Registration, *, officer: User, now: datetime) -> Outcome:
    """Cancel for someone who phoned."""
    outcome = seats.cancel(registration.pk, now=now)
    if outcome.changed:
        follow_up(outcome)
        record("change", registration, actor=officer, reason="cancelled")
    return outcome


@transaction.atomic
def answer_offer(registration: Registration, accept: bool, *, officer: User, now: datetime) -> Outcome:
    """Take down the answer of someone who was offered a seat and was phoned, for no mail reaches them.

    The seat is theirs to take for as long as it is held, some minutes past the deadline too.
    """
    outcome = seats.answer_offer(registration.pk, accept, now=now)
    if outcome.changed:
        follow_up(outcome)
        said = "accepted by phone" if accept else "declined by phone"
        record("change", registration, actor=officer, reason=said)
    return outcome


@transaction.atomic
def note_coming(registration: Registration, *, officer: User, now: datetime) -> Outcome:
    """Take down that someone who was phoned still comes, for no mail asked them."""
    outcome = seats.come(registration.pk, True, now=now)
    if outcome.changed:
        record("change", registration, actor=officer, reason="comes, said by phone")
    return outcome


@transaction.atomic
def approve(registration: Registration, *, officer: User, now: datetime) -> Outcome:
    """Say yes to one who applied: a seat if there is one, else a place in the queue. The second finds it done."""
    if registration.replaces_id and (given := swapping.approve(registration.pk, now=now)):
        record("change", given, actor=officer, reason="approved")
        outcome = seats.outcome(given, changed=True)
        follow_up(outcome)
        return outcome
    registration = seats.claim(registration.pk)
    if registration.status != Status.APPLIED or not registration.event.still_takes_place(now):
        return seats.outcome(registration, reason=seats.over(registration, now))
    seats.settle(registration, now=now)
    registration.save(update_fields=seats.SETTLED)
    record("change", registration, actor=officer, reason="approved")
    outcome = seats.outcome(registration, changed=True)
    follow_up(outcome)
    return outcome


@transaction.atomic
def refuse(registration: Registration, answer: str, *, officer: User, now: datetime) -> Outcome:
    """Say no to one who applied, and why; they get it in a mail."""
    registration = seats.claim(registration.pk)
    if registration.status != Status.APPLIED or not registration.event.still_takes_place(now):
        return seats.outcome(registration, reason=seats.over(registration, now))
    registration.move_to(Status.REFUSED)
    registration.answer = answer
    registration.cancelled_at = now
    registration.save(update_fields=["status", "answer", "cancelled_at"])
    record("change", registration, actor=officer, reason="refused")
    if registration.replaces_id:
        enqueue("events.swap_ended", registration.pk)
    outcome = seats.outcome(registration, changed=True)
    follow_up(outcome)
    return outcome


def follow_up(outcome: Outcome) -> None:
    """Start what a change calls for: a mail to the registrant, and a look at who is next."""
    if not outcome.changed:
        return
    if outcome.status in (Status.CONFIRMED, Status.WAITING, Status.APPLIED):
        enqueue("events.registration_confirmed", outcome.registration_id)
    elif outcome.status == Status.REFUSED:
        enqueue("events.registration_refused", outcome.registration_id)
    elif outcome.status == Status.CANCELLED:
        enqueue("events.registration_cancelled", outcome.registration_id)
    elif outcome.status == Status.RELEASED:
        enqueue("events.registration_released", outcome.registration_id)
    if outcome.status in FREED:
        enqueue("events.seat_freed", outcome.event_id)


def details(event: Event, data: Mapping[str, Any]) -> dict[str, Any]:
    told = {field: data.get(field, "").strip() for field in DETAILS}
    return told | {"mode": data.get("mode") or event.modes[0], "answers": data.get("answers", {})}
