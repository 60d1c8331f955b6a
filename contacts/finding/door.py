"""The best contacts for what somebody typed, asked of whichever database there is."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from . import orm, sql
from .asked import Asked, asked
from .sounds import sounds
from .words import one_edit_apart

REST = 200  # of each loose question that are put in order


def best(contacts: QuerySet, question: Asked, most: int) -> list[Any]:
    """The best ``most`` of ``contacts``: by name, then by whatever else finds them, then those that come close.

    Each with ``similar``: whether it only comes close.
    """
    if not question:
        return []
    reader = contacts.reader if connection.vendor == "postgresql" else None
    rows = sql.best(contacts, question, most, REST, reader) if reader else orm.best(contacts, question, most, REST)
    exact = orm.exact_steps(question)
    meant = [pk for pk, step, _name in rows if step <= exact]
    close = [pk for pk, _name in _closest_first(question, [(pk, name) for pk, step, name in rows if step > exact])]
    kept = contacts.in_bulk([*meant, *close][:most])
    for pk, contact in kept.items():
        contact.similar = pk not in meant
    return [kept[pk] for pk in [*meant, *close] if pk in kept]


def all_of(contacts: QuerySet, text: str) -> QuerySet:
    """Every one of ``contacts`` that is meant; where there is none, those that come close. All for no words."""
    question = asked(text)
    if not question:
        return contacts
    reader = contacts.reader if connection.vendor == "postgresql" else None
    return sql.all_of(contacts, question, reader) if reader else orm.all_of(contacts, question)


def dialogues(seen: QuerySet, question: Asked, topics: Sequence[int], most: int, reader: UUID) -> list[UUID]:
    """The newest ``most`` of those ``reader`` may have ``seen`` that say every word, or are about one of the topics.

    Words of one or two letters alone find none: they are for names.
    """
    if not question.said or question.is_short:
        return []
    if connection.vendor == "postgresql":
        return sql.dialogues(question, topics, most, reader)
    return orm.dialogues(seen, question, topics, most)


def _closest_first(question: Asked, rows: list[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    apart = cache(_apart)

    def distance(name: str) -> float:
        words = name.split()
        each = sum(min((apart(asked_for, word) for word in words), default=3.0) for asked_for in question.words)
        if len(words) == len(question.words):
            return each
        whole = apart("".join(question.words), "".join(words))  # Abd al-Rahman and Abdirahman
        return min(each + 0.1 * abs(len(words) - len(question.words)), whole)

    return sorted(rows, key=lambda row: (distance(row[1]), row[1], row[0]))


def _apart(typed: str, word: str) -> float:
    """0 for the same word, to 3 for one that has nothing in common."""
    if typed == word:
        return 0.0
    if one_edit_apart(typed, word):
        return 0.9
    if word.startswith(typed):
        return 1.0
    unlike = 1 - SequenceMatcher(None, typed, word, autojunk=False).ratio()
    return 1.0 + (unlike if sounds(typed) & sounds(word) else 0.5 + 1.5 * unlike)
