"""Writing the trail. What cannot be recorded does not happen: an error here is an error of the request or task."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model
from django.http import HttpRequest

from .models import Entry

_waiting: ContextVar[list[Entry] | None] = ContextVar("waiting", default=None)


@contextmanager
def kept_for_the_end() -> Iterator[list[Entry]]:
    """Note what is read in here in one insert, at the end: readers do not queue behind each other's entries.

    For a transaction, which commits the entries or nothing. An error loses them with everything else.
    """
    entries: list[Entry] = []
    token = _waiting.set(entries)
    try:
        yield entries
    finally:
        _waiting.reset(token)
    _write(entries)


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

    Call it last before the commit. Raises ValueError for a verb or a label that does not exist.
    """
    entry = _entry(verb, obj_or_label, actor=actor, request_id=request_id, reason=reason, ids=ids)
    _write([entry])
    return entry


def _write(entries: list[Entry]) -> None:
    """One insert, the only place that makes one: a chain of hashes will start here."""
    if len(entries) == 1:
        entries[0].save()
    elif entries:
        Entry.objects.bulk_create(entries)


def _entry(
    verb: str,
    obj_or_label: Model | str,
    *,
    actor: Model | AnonymousUser | None,
    request_id: str,
    reason: str,
    ids: Iterable[Any],
) -> Entry:
    label, object_id = _named(obj_or_label)
    return Entry(
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
    return _read(request, verb, obj, reason=reason)


def reading_list(request: HttpRequest, label: str, ids: Iterable[Any], *, verb: str = "list") -> Entry:
    """Note that the signed-in user reads a list or the hits of a search: one entry with the ids that were shown."""
    return _read(request, verb, label, ids=ids)


def _read(
    request: HttpRequest, verb: str, obj_or_label: Model | str, *, reason: str = "", ids: Iterable[Any] = ()
) -> Entry:
    """Written with the others at the end of the request, where it runs in one transaction; else now."""
    request_id = getattr(request, "request_id", "")
    entry = _entry(verb, obj_or_label, actor=request.user, request_id=request_id, reason=reason, ids=ids)
    waiting = _waiting.get()
    if waiting is None:
        _write([entry])
    else:
        waiting.append(entry)
    return entry
