"""Putting one mail in the outbox."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from outreach.queue.enqueue import enqueue_once

from . import gate
from .kinds import KINDS
from .letter import message_id
from .models import OutboxMessage
from .rendering import write


def send(
    kind: str,
    *,
    to: str,
    language: str,
    about: Model,
    context: dict[str, Any] | None = None,
    dedupe: str = "",
    part_of: Model | None = None,
) -> OutboxMessage:
    """Ask the gate, write the mail to the outbox and have the outbox drained; for tasks, in the worker only.

    Returns the row: queued, or skipped with the reason. With ``dedupe`` a repeat returns the first mail and writes
    nothing. ``context`` can be stored as JSON and holds no secret; the template also sees ``about`` and ``links``.
    ``part_of`` is the larger thing whose mails are looked at together: the event of a registration.
    Raises KeyError for a kind nobody registered, WrongProcess outside the worker.
    """
    if before := _written_before(dedupe):
        return before
    message = OutboxMessage(kind=KINDS[kind].name, to=to.strip(), language=language, dedupe=dedupe)
    message.context = _storable(json.loads(json.dumps(context or {}, cls=DjangoJSONEncoder)))
    message.part_of = str(part_of.pk) if part_of else ""
    _stamp(message, about)
    verdict = gate.check(message)
    if not verdict.allowed:
        return _skipped(message, verdict.reason)
    write(message, about)
    return _queued(message)


def _written_before(dedupe: str) -> OutboxMessage | None:
    return OutboxMessage.objects.filter(dedupe=dedupe).first() if dedupe else None


def _stamp(message: OutboxMessage, about: Model) -> None:
    """Note what the mail is about and when it was written, and give it its Message-ID."""
    message.about_label, message.about_pk = about._meta.label, str(about.pk)
    message.created_at = message.next_attempt_at = timezone.now()
    message.message_id = message_id(message)


def _storable(value: Any) -> Any:
    """Without NUL, which PostgreSQL takes in no text and no JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value


def _queued(message: OutboxMessage) -> OutboxMessage:
    """Save the mail and have the outbox drained; the first mail if another task wrote the same in this moment."""
    try:
        with transaction.atomic():
            message.save()
            enqueue_once("mail.drain_outbox")
    except IntegrityError:
        if before := _written_before(message.dedupe):
            return before
        raise
    return message


def _skipped(message: OutboxMessage, reason: str) -> OutboxMessage:
    """Keep the row, to show who was left out and why. It does not stand in the way of a later try."""
    message.state, message.reason, message.dedupe = message.State.SKIPPED, reason, ""
    message.to = "".join(char for char in message.to if char.isprintable())[:254]
    message.save()
    return message
