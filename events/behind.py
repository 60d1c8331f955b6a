"""What a mail is about: read once for all the mails that are written, or sent, together."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model, prefetch_related_objects

from events.models import Invitation, Registration
from outreach.mail.models import UNREAD, OutboxMessage


def registrations_behind(messages: Sequence[OutboxMessage]) -> list[Registration | None]:
    """The registration each mail is about, with its event; None if it is gone, or is none."""
    return _behind(messages, Registration, "event")


def invitations_behind(messages: Sequence[OutboxMessage]) -> list[Invitation | None]:
    """The same for invitations."""
    return _behind(messages, Invitation, "event", "named_by")


def registration_of(message: OutboxMessage) -> Registration:
    """Raises ``Registration.DoesNotExist``."""
    return _one(registrations_behind([message]), message, Registration)


def invitation_of(message: OutboxMessage) -> Invitation:
    """Raises ``Invitation.DoesNotExist``."""
    return _one(invitations_behind([message]), message, Invitation)


def _one(found: list[Any], message: OutboxMessage, model: Any) -> Any:
    if found[0] is None:
        raise model.DoesNotExist(message.about_pk)
    return found[0]


def _behind(messages: Sequence[OutboxMessage], model: Any, *with_them: str) -> list[Any]:
    about = [message for message in messages if message.about_label == model._meta.label]
    if unread := [message for message in about if message.thing is UNREAD]:
        rows: dict[UUID, Model] = model.objects.in_bulk({UUID(message.about_pk) for message in unread})
        prefetch_related_objects(list(rows.values()), *with_them)
        for message in unread:
            message.thing = rows.get(UUID(message.about_pk))
    return [message.thing if message.about_label == model._meta.label else None for message in messages]
