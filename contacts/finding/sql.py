"""Finding on PostgreSQL for a known reader: through ``functions.sql``, past the rows of the second lock."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from . import orm
from .asked import Asked, Topics
from .rendering import as_tsquery


def best(contacts: Sequence[QuerySet], asked: Asked, most: int, rest: int, reader: UUID) -> list[list[orm.Row]]:
    """Key, step and folded name of the best of each kind, in one query; see ``orm.best``."""
    found: dict[str, list[orm.Row]] = {kind.model._meta.model_name: [] for kind in contacts}
    question = [
        asked.text,
        [as_tsquery(question) for question in orm.exact(asked)],
        as_tsquery(asked.short_words),
        asked.parts,
        [as_tsquery(question) for question in orm.loose(asked)],
        most,
        rest,
        reader,
        timezone.localdate(),
    ]
    each = "SELECT %s AS kind, f.* FROM public.finding_contacts(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) f"
    values = [value for name in found for value in (name, name, *question)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([each] * len(found)), values)
        for name, *row in cursor.fetchall():
            found[name].append(orm.Row(*row))
    return list(found.values())


def all_of(contacts: QuerySet, asked: Asked, reader: UUID) -> QuerySet:
    """``contacts`` that are meant; see ``orm.all_of``."""
    found = RawSQL(
        "SELECT public.finding_all(%s, %s, %s, %s::text[], %s::text[], %s, %s)",
        [
            contacts.model._meta.model_name,
            as_tsquery(orm.exact(asked)[-1]),
            as_tsquery(asked.short_words),
            asked.parts,
            [as_tsquery(question) for question in orm.loose(asked)],
            reader,
            timezone.localdate(),
        ],
    )
    return contacts.filter(pk__in=found)


def dialogues(asked: Asked, topics: Topics, most: int, reader: UUID, *, close: bool) -> tuple[list[UUID], bool]:
    """The newest about the words or topics; see ``door.dialogues``."""
    folded, written = orm.words_of_text(asked)
    keys, patterns = (asked.slip_keys, asked.patterns) if close else ([], [])
    question: list[Any] = [
        folded,
        written,
        topics.named,
        keys,
        patterns,
        topics.meant,
        most,
        reader,
        timezone.localdate(),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM public.finding_dialogues(%s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[],"
            " %s::bigint[], %s, %s, %s)",
            question,
        )
        rows = cursor.fetchall()
    return [pk for pk, _close in rows], any(is_close for _pk, is_close in rows)
