"""Answers of calendars to the entry of a seat: read from mails, kept for an officer, decided on once."""

import hashlib
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from events.models import Registration, Reply
from outreach.accounts.models import User
from outreach.audit.trail import record
from outreach.mail.incoming import Reader
from outreach.privacy.numbers import contains_cpr

from . import calendar, itip, registering, seats

Decision = Reply.Decision
MOST_WORDS = 300


class Found(StrEnum):
    """What came of one mail, in the words of the command; what weighs most stands first."""

    PROPOSED = "answers for an officer to decide on"
    KNOWN = "said yes, as we knew"
    OVER = "about a seat given up, or a meeting that is over"
    BEFORE = "read before, or older than what we have read"
    STRANGE = "about no seat of that address"
    BROKEN = "answers that cannot be read"
    NONE = "no answer from a calendar"


class Changed(Exception):
    """Somebody was first: a colleague has decided, or or they themselves. Nothing was changed."""


def take(raw: bytes, *, now: datetime) -> Found:
    """Keep what the mail answers for an officer; it is believed only about a seat of the address that answers."""
    try:
        answers = itip.answers(raw, now=now)
    except itip.Unreadable:
        return Found.BROKEN
    return min((_take(answer, now) for answer in answers), key=list(Found).index, default=Found.NONE)


@transaction.atomic
def give_up(reply: Reply, *, officer: User, now: datetime) -> None:
    """Cancel their registration as for somebody who phoned. Raises Changed."""
    _decide(reply, Decision.GIVEN_UP, officer=officer, now=now)
    if not registering.cancel(reply.registration, officer=officer, now=now).changed:
        raise Changed


@transaction.atomic
def note_coming(reply: Reply, *, officer: User, now: datetime) -> None:
    """Take their yes for the answer to our question whether they still come. Raises Changed."""
    _decide(reply, Decision.COMES, officer=officer, now=now)
    if not seats.come(reply.registration_id, True, now=now).changed:
        raise Changed


@transaction.atomic
def leave(reply: Reply, *, officer: User, now: datetime) -> None:
    """Leave the seat as it is. Raises Changed."""
    _decide(reply, Decision.LEFT, officer=officer, now=now)


def _decide(reply: Reply, decision: Decision, *, officer: User, now: datetime) -> None:
    """Decide on the answer as the officer read it."""
    as_read = Reply.objects.undecided().filter(pk=reply.pk, fingerprint=reply.fingerprint)
    if not as_read.update(decision=decision, decided_by=officer, decided_at=now):
        raise Changed
    record("change", reply, actor=officer, reason=f"answer from a calendar: {decision}")


def _take(answer: itip.Answer, now: datetime) -> Found:
    seat = _seat_of(answer.uid)
    voice = answer.of(seat.email) if seat and seat.email else None
    if seat is None or voice is None:
        return Found.STRANGE
    if voice.said not in Reply.Said.values:
        return Found.BROKEN
    if seat.status != Registration.Status.CONFIRMED or not seat.event.still_takes_place(now):
        return Found.OVER
    needless = voice.said == Reply.Said.ACCEPTED and not _asked(seat, answer)
    return _keep(seat, answer, voice, needless=needless, now=now)


def _seat_of(uid: str) -> Registration | None:
    try:
        key = UUID(uid.partition("@")[0])
    except ValueError:
        return None
    if uid.casefold() != calendar.uid(key).casefold():
        return None
    return Registration.objects.select_related("event").filter(pk=key).first()


def _asked(seat: Registration, answer: itip.Answer) -> bool:
    """Whether a yes tells us something: we have asked whether they still come, and they have not said."""
    asked_before = seat.asked_at is not None and seat.asked_at <= answer.said_at
    return asked_before and seat.comes_at is None and answer.sequence >= seat.event.sequence


@transaction.atomic
def _keep(seat: Registration, answer: itip.Answer, voice: itip.Voice, *, needless: bool, now: datetime) -> Found:
    """One row for each seat: a newer answer takes the place of the older, whatever was decided on that."""
    told = {
        "said": voice.said,
        "words": "" if (refused := contains_cpr(voice.words)) else voice.words[:MOST_WORDS],
        "words_refused": refused,
        "proposes_at": answer.proposes_at,
        "sequence": answer.sequence,
        "said_at": answer.said_at,
        "fingerprint": hashlib.sha256("\n".join(map(str, (answer, voice))).encode()).hexdigest(),
        "received_at": now,
        "decision": Decision.NEEDLESS if needless else "",
        "decided_at": now if needless else None,
        "decided_by": None,
    }
    reply, new = Reply.objects.select_for_update().get_or_create(registration=seat, defaults=told)
    if not new:
        if (told["sequence"], told["said_at"]) <= (reply.sequence, reply.said_at):
            return Found.BEFORE
        for field, value in told.items():
            setattr(reply, field, value)
        reply.save()
    return Found.KNOWN if needless else Found.PROPOSED


READER = Reader("replies", take, Found, leaves=frozenset({Found.BROKEN, Found.NONE}))
