"""Writing the trail. What cannot be recorded does not happen: an error here is an error of the request or task."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest

from .models import Entry


def record(
    verb: str,
    obj_or_label: Model | str,
    *,
    actor: Model | AnonymousUser | None,
    request_id: str = "",
    reason: str = "",
    ids: Iterable[Any] = (),
) -> Entry:
    """Note that ``actor`` (None: the system) did ``verb`` to an object, or to the objects ``ids`` of a label.

    One insert, the only place that makes one: a chain of hashes will start here. Call it last before the commit.
    Raises ValueError for a verb or a label that does not exist.
    """
    label, object_id = _named(obj_or_label)
    return Entry.objects.create(
        actor_id=None if actor is None else actor.pk,
        verb=Entry.Verb(verb),
        object_label=label,
        object_id=object_id,
        ids=[str(value) for value in ids],
        reason=reason,
        request_id=request_id,
    )


def _named(obj_or_label: Model | str) -> tuple[str, str]:
    """Label and id; the id of a mere label is blank."""
    if not isinstance(obj_or_label, str):
        return obj_or_label._meta.label, str(obj_or_label.pk)
    if "." not in obj_or_label:
        raise ValueError(f"{obj_or_label!r} is not the label of a model.")
    return obj_or_label, ""


def reading(request: HttpRequest, verb: str, obj: Model, *, reason: str = "") -> Entry:
    """Note that the signed-in user reads ``obj``; call it before the response is made: no entry, no response."""
    return record(verb, obj, actor=request.user, request_id=getattr(request, "request_id", ""), reason=reason)


def reading_list(request: HttpRequest, label: str, ids: Iterable[Any], *, verb: str = "list") -> Entry:
    """Note that the signed-in user reads a list or the hits of a search: one entry with the ids that were shown."""
    return record(verb, label, actor=request.user, request_id=getattr(request, "request_id", ""), ids=ids)
