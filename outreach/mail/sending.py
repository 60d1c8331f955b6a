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
) -> OutboxMessage:
    """Ask the gate, write the mail to the outbox and have the outbox drained; for tasks, in the worker only.

    Returns the row: queued, or skipped with the reason. With ``dedupe`` a repeat returns the first mail and writes
    nothing. ``context`` can be stored as JSON and holds no secret; the template also sees ``about`` and ``links``.
    Raises KeyError for a kind nobody registered, WrongProcess outside the worker.
    """
    now = timezone.now()
    if dedupe and (before := OutboxMessage.objects.filter(dedupe=dedupe).first()):
        return before
    message = OutboxMessage(
        kind=KINDS[kind].name,
        to=to.strip(),
        language=language,
        context=_storable(json.loads(json.dumps(context or {}, cls=DjangoJSONEncoder))),
        about_label=about._meta.label,
        about_pk=str(about.pk),
        dedupe=dedupe,
        created_at=now,
        next_attempt_at=now,
    )
    message.message_id = message_id(message)
    verdict = gate.check(message)
    if not verdict.allowed:
        return _skipped(message, verdict.reason)
    write(message, about)
    try:
        with transaction.atomic():
            message.save()
            enqueue_once("mail.drain_outbox")
    except IntegrityError:  # another task wrote the same mail in this moment
        if dedupe and (before := OutboxMessage.objects.filter(dedupe=dedupe).first()):
            return before
        raise
    return message


def _storable(value: Any) -> Any:
    """Without NUL, which PostgreSQL takes in no text and no JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value


def _skipped(message: OutboxMessage, reason: str) -> OutboxMessage:
    """Keep the row, to show who was left out and why. It does not stand in the way of a later try."""
    message.state, message.reason, message.dedupe = message.State.SKIPPED, reason, ""
    message.to = "".join(char for char in message.to if char.isprintable())[:254]
    message.save()
    return message
