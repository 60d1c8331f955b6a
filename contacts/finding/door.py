"""The best contacts for what somebody typed, asked of whichever database there is."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from . import orm, sql, sqlite
from .asked import Asked, Topics, asked
from .sounds import sounds
from .words import one_edit_apart

Read = Callable[[type[Model], Sequence[UUID]], Iterable[Any]]  # those of a kind with some keys
CLOSE, FARTHEST = 1.7, 3.0  # of two words, see _apart
REST = 200  # of each loose question that are put in order


def best(contacts: QuerySet, question: Asked, most: int) -> list[Any]:
    """The best ``most`` of ``contacts``: by name, then by whatever else finds them, then those that come close.

    Each with ``similar``: whether it only comes close.
    """
    return best_of_each([contacts], question, most)[0]


def best_of_each(
    contacts: Sequence[QuerySet], question: Asked, most: int, *, read: Read | None = None
) -> list[list[Any]]:
    """``best`` for several kinds of contacts at once. ``read`` gives those with the keys that were found, as far as
    they may be seen; without it they are read as ``contacts`` has them."""
    if not question:
        return [[] for _kind in contacts]
    reader = reader_of(contacts[0])
    if reader:
        rows = sql.best(contacts, question, most, REST, reader)
    elif connection.vendor == "sqlite":
        rows = sqlite.best(contacts, question, most, REST)
    else:
        rows = [orm.best(kind, question, most, REST) for kind in contacts]
    return [_put_in_order(kind, question, found, most, read) for kind, found in zip(contacts, rows, strict=True)]


def reader_of(rows: QuerySet) -> UUID | None:
    """Whom PostgreSQL's functions search for: whoever ``visible_to`` was asked for. None: they do not search."""
    return rows.reader if connection.vendor == "postgresql" else None


def _put_in_order(contacts: QuerySet, question: Asked, rows: list[orm.Row], most: int, read: Read | None) -> list[Any]:
    exact = orm.exact_steps(question)
    meant = [row.pk for row in rows if row.step <= exact]
    close = _closest_first(question, [row for row in rows if row.step > exact])
    chosen = [*meant, *close][:most]
    if not chosen:
        return []
    kept = {one.pk: one for one in read(contacts.model, chosen)} if read else contacts.in_bulk(chosen)
    for pk, contact in kept.items():
        contact.similar = pk not in meant
    return [kept[pk] for pk in chosen if pk in kept]


def all_of(contacts: QuerySet, text: str) -> QuerySet:
    """Every one of ``contacts`` that is meant; where there is none, those that come close. All for no words."""
    question = asked(text)
    if not question:
        return contacts
    reader = reader_of(contacts)
    return sql.all_of(contacts, question, reader) if reader else orm.all_of(contacts, question)


def dialogues(seen: QuerySet, question: Asked, topics: Topics, most: int, *, close: bool) -> tuple[list[UUID], bool]:
    """The newest ``most`` of those somebody may have ``seen`` that say every word, or are about one of the topics.

    With none of these, and ``close``, those that come close; and whether they only do.
    On PostgreSQL; on SQLite ``sqlite.dialogues`` is asked.
    """
    if reader := reader_of(seen):
        return sql.dialogues(question, topics, most, reader, close=close)
    found = orm.dialogues(seen, orm.said(question), topics.named, most)
    if found or not close:
        return found, False
    return orm.dialogues(seen, orm.meant(question), topics.meant, most), True


def _closest_first(question: Asked, rows: list[orm.Row]) -> list[UUID]:
    """Those that come close enough in every word, or written as one: Abd al-Rahman and Abdirahman."""
    apart = cache(_apart)

    def distance(name: str) -> float | None:
        words = name.split()
        each = [min((apart(typed, word) for word in words), default=FARTHEST) for typed in question.words]
        apart_in_words = sum(each) + 0.1 * abs(len(words) - len(each)) if max(each) <= CLOSE else FARTHEST * len(each)
        if len(words) != len(each):
            apart_in_words = min(apart_in_words, apart("".join(question.words), "".join(words)))
        return apart_in_words if apart_in_words <= CLOSE * len(each) else None

    nearest = {
        row.pk: (apart_by, row.name_key, row.pk) for row in rows if (apart_by := distance(row.name_key)) is not None
    }
    return sorted(nearest, key=nearest.__getitem__)


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
