"""Finding without the functions of PostgreSQL: for whoever sees past the second lock; lists on SQLite.

Starts from contacts somebody may see, so what is hidden from them takes part in nothing.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL

from .asked import Asked, Question
from .index import DIALOGUES, WORDS
from .rendering import as_fts5, as_tsquery

MOST_IN_ORDER = 1000


class Row(NamedTuple):
    """A contact that was found: the lower the step, the surer."""

    pk: UUID
    step: int
    name_key: str


def best(contacts: QuerySet, asked: Asked, most: int, rest: int) -> list[Row]:
    """Key, step and folded name: in the first steps the best ``most`` of those meant exactly, then, with fewer than
    that, up to ``rest`` for each loose question of those it means, in no order."""
    begins = (
        contacts.order_by("name_key", "pk")
        .filter(name_key__startswith=asked.text)
        .values_list("pk", "name_key")[:most]
    )
    found = [Row(pk, 1, name) for pk, name in begins]
    if len(found) < most:
        found += _meant(_but(contacts, found), asked, most - len(found))
    if len(found) < most:
        found += _meant_loosely(_but(contacts, found), asked, rest)
    return found


def _meant(contacts: QuerySet, asked: Asked, most: int) -> list[Row]:
    questions = exact(asked)
    test = matching(contacts, questions[-1]) | _with_parts(contacts, asked)
    step = Case(
        *(When(matching(contacts, question), then=Value(step)) for step, question in enumerate(questions, 2)),
        default=Value(2 + len(questions)),
    )
    first = contacts.filter(test).values("pk")[:MOST_IN_ORDER]
    rows = contacts.filter(pk__in=first).annotate(step=step).order_by("step", "name_key", "pk")
    return [Row(*row) for row in rows.values_list("pk", "step", "name_key")[:most]]


def _meant_loosely(contacts: QuerySet, asked: Asked, rest: int) -> list[Row]:
    questions, steps = loose(asked), exact_steps(asked)
    if not questions:
        return []
    tests = [matching(contacts, question) for question in questions]
    step = Case(*(When(test, then=Value(step)) for step, test in enumerate(tests, steps + 1)))
    rows = contacts.filter(reduce(or_, tests)).annotate(step=step).order_by("step")
    return [Row(*row) for row in rows.values_list("pk", "step", "name_key")[: rest * len(questions)]]


def exact(asked: Asked) -> list[Question]:
    """The questions whose answers are meant exactly; each is wider than the one before."""
    return [question for question in (asked.as_named, asked.named, asked.worded) if question]


def loose(asked: Asked) -> list[Question]:
    return [question for question in (asked.mistyped, asked.alike) if question]


def exact_steps(asked: Asked) -> int:
    """How many of the steps are those of contacts that are meant exactly."""
    return 2 + len(exact(asked))


def all_of(contacts: QuerySet, asked: Asked) -> QuerySet:
    """``contacts`` meant exactly; where there are none, those of the first loose question with an answer."""
    exactly = contacts.filter(matching(contacts, exact(asked)[-1]) | _with_parts(contacts, asked))
    for question in loose(asked):
        if exactly.exists():
            break
        exactly = contacts.filter(matching(contacts, question))
    return exactly


def matching(contacts: QuerySet, question: Question) -> Q:
    """Those with the words asked for; none for no question."""
    if not question:
        return Q(pk__in=[])
    table = contacts.model._meta.db_table
    if connection.vendor == "postgresql":
        return _among(f"SELECT id FROM {table} WHERE {WORDS} @@ %s::tsquery", as_tsquery(question))  # noqa: S608
    return _mirrored(table, "words", as_fts5(question))


def _with_parts(contacts: QuerySet, asked: Asked) -> Q:
    if not asked.parts:
        return Q(pk__in=[])
    short = matching(contacts, asked.short_words) if asked.short_words else Q()
    if connection.vendor == "postgresql":
        return short & Q(*(Q(search_key__contains=part) for part in asked.parts))
    parts = " AND ".join(f'"{part}"' for part in asked.parts)
    return short & _mirrored(contacts.model._meta.db_table, "parts", parts)


def _mirrored(table: str, mirror: str, question: str) -> Q:
    """Those whose row in a full-text table of SQLite answers the question."""
    return _among(
        f"SELECT f.id FROM {table}_{mirror} m JOIN {table}_found f ON f.number = m.rowid"  # noqa: S608
        f" WHERE {table}_{mirror} MATCH %s",
        question,
    )


def _among(query: str, question: str) -> Q:
    return Q(pk__in=RawSQL(query, [question]))  # noqa: S611 - what is asked is a parameter


def _but(contacts: QuerySet, found: list[Row]) -> QuerySet:
    return contacts.exclude(pk__in=[row.pk for row in found]).order_by()


def dialogues(seen: QuerySet, says: Q, topics: Sequence[int], most: int) -> list[UUID]:
    """On PostgreSQL, the newest of ``seen`` that says it or is about the topics."""
    of_topic = seen.model.topics.through.objects.filter(topic__in=topics)
    about = says | Q(pk__in=of_topic.values("dialogue"))
    return list(seen.filter(about).newest_first().values_list("pk", flat=True)[:most])


def said(asked: Asked) -> Q:
    """On PostgreSQL, of dialogues: that they say every word."""
    return _document("public.finding_said(%s::text[], %s::text[])", *words_of_text(asked))


def meant(asked: Asked) -> Q:
    """The same, or a word it may be mistyped for."""
    question = "public.finding_meant(%s::text[], %s::text[], %s::text[], %s::text[])"
    return _document(question, *words_of_text(asked), asked.slip_keys, asked.patterns)


def words_of_text(asked: Asked) -> tuple[list[str], list[str]]:
    """The words, folded and as they were written."""
    return [folded for folded, _written in asked.said], [written for _folded, written in asked.said]


def _document(question: str, *values: list[str]) -> Q:
    query = f"SELECT id FROM {DIALOGUES} WHERE document @@ {question}"  # noqa: S608
    return Q(pk__in=RawSQL(query, list(values)))  # noqa: S611 - what is asked is a parameter
