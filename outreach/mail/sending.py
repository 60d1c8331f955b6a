"""Putting mails in the outbox: one, or thousands about the same thing."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from .rendering import Writing, write

TOGETHER = 500  # are written in one transaction


@dataclass(frozen=True)
class Wish:
    """A mail somebody is to get.

    With ``dedupe`` a repeat writes nothing. ``context`` can be stored as JSON and holds no secret; the template also
    sees ``about`` and ``links``. ``part_of`` is the larger thing whose mails are looked at together: the event of a
    registration.
    """

    kind: str
    to: str
    language: str
    about: Model
    context: dict[str, Any] | None = None
    dedupe: str = ""
    part_of: Model | None = None


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
    """One mail, as ``Wish`` tells of it; returns its row, as ``send_all`` does."""
    return send_all([Wish(kind, to, language, about, context, dedupe, part_of)])[0]


def send_all(wishes: Iterable[Wish]) -> list[OutboxMessage]:
    """Ask the gate, write the mails to the outbox and have the outbox drained; for tasks, in the worker only.

    Returns a row for each: queued, or skipped with the reason; the first mail for a repeat.
    Raises KeyError for a kind nobody registered, WrongProcess outside the worker.
    """
    together, asked = Writing(), list(wishes)
    parts = (asked[start : start + TOGETHER] for start in range(0, len(asked), TOGETHER))
    return [message for part in parts for message in _written(part, together)]


def _written(wishes: Sequence[Wish], together: Writing) -> list[OutboxMessage]:
    """In one transaction; once more if another task wrote one of these mails in this moment."""
    before = _written_before(wishes)
    keys = [wish.dedupe or number for number, wish in enumerate(wishes)]
    new = {key: _message(wish) for key, wish in zip(keys, wishes, strict=True) if key not in before}
    _judge(list(new.values()), together)
    try:
        _save(list(new.values()))
    except IntegrityError:
        if _written_before(wishes).keys() == before.keys():
            raise
        return _written(wishes, together)
    return [before.get(key) or new[key] for key in keys]


def _written_before(wishes: Sequence[Wish]) -> dict[str | int, OutboxMessage]:
    asked = {wish.dedupe for wish in wishes if wish.dedupe}
    return {mail.dedupe: mail for mail in OutboxMessage.objects.filter(dedupe__in=asked)} if asked else {}


def _message(wish: Wish) -> OutboxMessage:
    """The row of a mail that is not written yet: what it is about, and when it was wished for."""
    message = OutboxMessage(kind=KINDS[wish.kind].name, to=wish.to.strip(), language=wish.language, dedupe=wish.dedupe)
    message.context = _storable(json.loads(json.dumps(wish.context or {}, cls=DjangoJSONEncoder)))
    message.part_of = str(wish.part_of.pk) if wish.part_of else ""
    message.thing = wish.about
    message.about_label, message.about_pk = wish.about._meta.label, str(wish.about.pk)
    message.created_at = message.next_attempt_at = timezone.now()
    message.message_id = message_id(message)
    return message


def _judge(messages: Sequence[OutboxMessage], together: Writing) -> None:
    """Write the text of those the gate lets through. The others are kept to show who was left out and why, and do
    not stand in the way of a later try."""
    for message, reason in zip(messages, gate.check(messages), strict=True):
        if reason:
            message.state, message.reason, message.dedupe = message.State.SKIPPED, reason, ""
            message.to = "".join(char for char in message.to if char.isprintable())[:254]
        else:
            write(message, message.thing, together)


def _save(messages: Sequence[OutboxMessage]) -> None:
    with transaction.atomic():
        OutboxMessage.objects.write(messages)
        if any(message.state == message.State.QUEUED for message in messages):
            enqueue_once("mail.drain_outbox")


def _storable(value: Any) -> Any:
    """Without NUL, which PostgreSQL takes in no text and no JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {key: _storable(part) for key, part in value.items()}
    return [_storable(part) for part in value] if isinstance(value, list) else value
