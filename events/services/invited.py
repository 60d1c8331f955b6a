"""What the invited can do: come, say no, name somebody else. A link of several seats takes registrations.

The functions of ``events/door/invited/functions.sql`` do the same for the public role; one suite of tests holds
the two alike. Rows are locked in one order everywhere: invitation, event, held seats, counter.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from events.models import Event, Invitation, Question, Refusal, Registration, person_key

from . import seats
from .registering import details
from .seats import Outcome

Status = Invitation.Status

# What holds a seat of a link of several, confirmed or not: who is not confirmed in time is forgotten.
TAKES_A_USE = (Registration.Status.PENDING, *Registration.LIVE)


def proposal(invitation: Invitation, data: Mapping[str, Any], *, language: str, now: datetime) -> Registration:
    """The registration somebody asks for through the link, unsaved. Of a bound one the address stands."""
    told = details(invitation.event, data)
    if not invitation.is_free:
        told["email"] = invitation.email
    registration = Registration(event=invitation.event, language=language, created_at=now, consent_at=now, **told)
    registration.folded_key = person_key(registration.name, registration.email)
    return registration


@transaction.atomic
def accept(invitation_id: UUID, asked: Registration, *, now: datetime) -> Outcome | None:
    """Take a seat, or a place in the queue: the link has proven the address, and our asking is our yes.

    None when the link is one for several. Who has accepted already stays where they are.
    """
    invitation = claim(invitation_id)
    if invitation.is_free:
        return None
    reason = refusal(invitation, now)
    if known := standing(invitation):
        return seats.outcome(known, reason=reason or passed_on(known))
    registration = belonging(asked, invitation, now=now)
    if not reason and Registration.objects.same_person(registration).exists():
        reason = Refusal.ALREADY_REGISTERED
    if reason:
        return unchanged(invitation, reason)
    seats.settle(registration, now=now)
    registration.save(force_insert=True)
    note(invitation, Status.ACCEPTED, now=now)
    return seats.outcome(registration, changed=True)


@transaction.atomic
def propose(invitation_id: UUID, asked: Registration, *, now: datetime) -> Outcome | None:
    """Keep what somebody sent through a link of several seats, until they confirm their address; None for others."""
    invitation = claim(invitation_id)
    if invitation.uses is None:
        return None
    reason = refusal(invitation, now)
    if not reason and invitation.registrations.filter(status__in=TAKES_A_USE).count() >= invitation.uses:
        reason = Refusal.USED_UP
    if reason:
        return unchanged(invitation, reason)
    registration = belonging(asked, invitation, now=now)
    registration.save(force_insert=True)
    note(invitation, Status.ACCEPTED, now=now)
    return seats.outcome(registration, changed=True)


@transaction.atomic
def decline(invitation_id: UUID, words: str, *, now: datetime) -> Outcome | None:
    """Say no, with words or without; one may come round as long as registration is open."""
    invitation = claim(invitation_id)
    if invitation.is_free:
        return None
    reason = refusal(invitation, now)
    if known := standing(invitation):
        return seats.outcome(known, reason=reason or passed_on(known) or Refusal.ALREADY_REGISTERED)
    if reason not in ("", Refusal.CLOSED) or invitation.status == Status.DECLINED:
        return unchanged(invitation, reason)
    note(invitation, Status.DECLINED, now=now, words=words[:500])
    return unchanged(invitation, "")._replace(changed=True)


@transaction.atomic
def name_another(invitation_id: UUID, name: str, email: str, *, now: datetime) -> Outcome | None:
    """Hand the invitation to somebody else; the worker asks them, if they are not asked already."""
    invitation = claim(invitation_id)
    if not invitation.may_name:
        return None
    reason = refusal(invitation, now)
    if known := standing(invitation):
        return seats.outcome(known, reason=reason or passed_on(known) or Refusal.ALREADY_REGISTERED)
    if reason:
        return unchanged(invitation, reason)
    note(invitation, Status.NAMED, now=now, named_name=name[:120], named_email=email[:254])
    return unchanged(invitation, "")._replace(changed=True)


def claim(invitation_id: UUID) -> Invitation:
    """The invitation and its event, their rows locked until the transaction ends."""
    invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation_id)
    invitation.event = Event.objects.select_for_update(no_key=True).get(pk=invitation.event_id)
    return invitation


def refusal(invitation: Invitation, now: datetime) -> str:
    """Why the link does nothing now, or "" when it does."""
    if invitation.status in (Status.PREPARED, Status.WITHDRAWN):
        return Refusal.WITHDRAWN
    return Refusal.PASSED_ON if invitation.status == Status.NAMED else invitation.event.refusal(now)


def standing(invitation: Invitation) -> Registration | None:
    """The registration that came of it and stands, or whose seat has gone to a colleague: one invitation, one seat."""
    came = invitation.registrations
    return came.live().first() or came.swapped().first()


def passed_on(known: Registration) -> str:
    return Refusal.PASSED_ON if known.status == Registration.Status.SWAPPED else ""


def belonging(asked: Registration, invitation: Invitation, *, now: datetime) -> Registration:
    """What was asked for, as a registration of this invitation: by a way there is, with answers to what is asked."""
    event = invitation.event
    asked.event, asked.invitation, asked.created_at, asked.consent_at = event, invitation, now, now
    asked.mode = asked.mode if asked.mode in event.modes else event.modes[0]
    known = {question.key for question in Question.objects.asked().of(event)}
    asked.answers = {key: value for key, value in asked.answers.items() if key in known}
    return asked


def note(invitation: Invitation, status: str, *, now: datetime, **told: str) -> None:
    """Keep what was answered; the first use of a link of several is its answer."""
    Invitation.objects.filter(pk=invitation.pk).update(status=status, answered_at=now, **told)
    invitation.status = status


def unchanged(invitation: Invitation, reason: str) -> Outcome:
    """No registration comes of it: the state is that of the invitation."""
    return Outcome(invitation.pk, invitation.event_id, invitation.status, reason)
