"""What is hashed of an entry: one form, the same on either database and for whoever verifies the trail elsewhere.

The entry with number *n* has the hash ``SHA-256(hash of n-1 ‖ form)``; before the first stand 32 zero bytes. The form
is the UTF-8 text of one JSON array::

    [n, id, at, actor, verb, label, object, ids, reason, request]

* ``n`` is a number, ``ids`` an array of strings, ``actor`` a string or null, everything else a string;
* ``id`` and ``actor`` are UUIDs in lower case with hyphens;
* ``at`` is UTC with six digits of the second: ``2026-11-29T06:50:41.000120Z``;
* after each comma stands one space; of the characters only ``"``, ``\\`` and those below U+0020 are escaped, as
  ``\\b \\f \\n \\r \\t`` or else ``\\u00`` and two lower-case digits.

That is what ``json.dumps(…, ensure_ascii=False)`` writes in Python, and ``jsonb`` as text in PostgreSQL (chain.py).
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

START = bytes(32)  # what stands before the first entry


def form(number: int, fields: Sequence[Any]) -> bytes:
    """``fields`` as the model has them: id, at, actor, verb, label, object, ids, reason, request."""
    pk, at, actor, *rest = fields
    at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    row = [number, str(pk), at, None if actor is None else str(actor), *rest]
    return json.dumps(row, ensure_ascii=False).encode()


def link(before: bytes, number: int, fields: Sequence[Any]) -> bytes:
    """The hash of the entry with this number, given that of the one before it."""
    return sha256(before + form(number, fields)).digest()


def link_on_sqlite(before: bytes | None, number: int, pk: str, at: str, actor: str | None, *rest: str) -> bytes:
    """The same of a row as SQLite keeps it: times as text in UTC, UUIDs without hyphens, ids as JSON."""
    verb, label, object_id, ids, reason, request = rest
    when = datetime.fromisoformat(at).replace(tzinfo=UTC)
    who = None if actor is None else UUID(actor)
    return link(
        before or START, number, [UUID(pk), when, who, verb, label, object_id, json.loads(ids), reason, request]
    )
