"""Finding on SQLite: every step of each kind in one query over the full-text tables (``index``).

The steps are those of ``functions.sql``: none is gone through once those before it found enough. What may be seen is
the rule of the given contacts, put to each that a step comes upon.
"""
# ruff: noqa: S608 - the names are those of tables; what is asked is a parameter

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from outreach.prepared import TEXT, THOSE, MatchEach

from . import orm
from .asked import PREFIX_ONLY, Asked, Groups, Term
from .index import DIALOGUES
from .near_words import LIST
from .rendering import as_fts5

LAST = "\U0010ffff"
LATEST = 500  # dialogues that are looked through before the index is asked
OFTEN = 2000  # dialogues with a word that is looked for there

BEGINNING = """
    {kind}_1 AS (SELECT id, 1 AS step, name_key FROM {table} WHERE {seen}name_key >= %s AND name_key < %s
    ORDER BY name_key, id LIMIT %s)"""
EXACT = """
    {kind}_{step} AS (SELECT * FROM {kind}_{before} UNION ALL SELECT * FROM (SELECT id, {step}, name_key FROM ({hits}
    LIMIT iif((SELECT count(*) FROM {kind}_{before}) < {most}, {in_order}, 0))
    ORDER BY name_key, id LIMIT {most} - (SELECT count(*) FROM {kind}_{before})))"""
LOOSE = """
    {kind}_{step} AS (SELECT * FROM {kind}_{before} UNION ALL SELECT * FROM (SELECT id, {step}, name_key FROM ({hits}
    LIMIT iif((SELECT count(*) FROM {kind}_{exact}) < {most}, {rest}, 0))))"""
HITS = """SELECT {table}.id, {table}.name_key FROM {mirror} CROSS JOIN {table}_found f ON f.number = {mirror}.rowid
    CROSS JOIN {table} ON {table}.id = f.id
    WHERE {seen}{table}.id NOT IN (SELECT id FROM {kind}_{before}) AND {mirror} MATCH %s"""
ABOUT = """SELECT f.id FROM contacts_dialogue_words JOIN contacts_dialogue_found f
    ON f.number = contacts_dialogue_words.rowid WHERE contacts_dialogue_words MATCH %s UNION
    SELECT t.dialogue_id FROM json_each(%s) CROSS JOIN contacts_dialogue_topics t ON t.topic_id = value"""
SHORT = " AND {mirror}.rowid IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH %s)"


class _Step(NamedTuple):
    mirror: str
    match: str
    short: str = ""  # what must hold beside


def best(contacts: Sequence[QuerySet], asked: Asked, most: int, rest: int) -> list[list[orm.Row]]:
    """Key, step and folded name of the best of each kind; see ``orm.best``."""
    found: dict[str, list[orm.Row]] = {kind.model._meta.model_name: [] for kind in contacts}
    steps: list[str] = []
    values: list = []
    for kind in contacts:
        for sql, asks in _steps(kind, asked, most, rest):
            steps.append(sql)
            values += asks
    if steps:
        last = orm.exact_steps(asked) + len(orm.loose(asked))
        each = " UNION ALL ".join(f"SELECT '{name}', * FROM {name}_{last}" for name in found)
        with connection.cursor() as cursor:
            cursor.execute(f"WITH {', '.join(steps)} {each}", values)
            for name, pk, step, name_key in cursor.fetchall():
                found[name].append(orm.Row(UUID(pk), step, name_key))
    return [sorted(rows, key=lambda row: (row.step, row.name_key, row.pk)) for rows in found.values()]


def _steps(contacts: QuerySet, asked: Asked, most: int, rest: int) -> Iterator[tuple[str, list]]:
    """Each step as a table of what it and those before it found, and what it is asked with."""
    seen, reader = _rule(contacts)
    exact = orm.exact_steps(asked)
    names = {"table": contacts.model._meta.db_table, "kind": contacts.model._meta.model_name, "seen": seen}
    limits = {"most": most, "rest": rest, "in_order": orm.MOST_IN_ORDER, "exact": exact}
    yield BEGINNING.format(**names), [*reader, asked.text, asked.text + LAST, most]
    for step, one in enumerate(_questions(asked), 2):
        place = names | limits | {"step": step, "before": step - 1, "mirror": f"{names['table']}_{one.mirror}"}
        hits = (HITS + SHORT if one.short else HITS).format(**place)
        sql = (EXACT if step <= exact else LOOSE).format(hits=hits, **place)
        yield sql, [*reader, one.match, *filter(None, [one.short])]


def _questions(asked: Asked) -> Iterator[_Step]:
    for question in orm.exact(asked):
        yield _Step("words", as_fts5(question))
    parts = " AND ".join(f'"{part}"' for part in asked.parts)
    yield _Step("parts", parts or '""', as_fts5(asked.short_words))
    for question in orm.loose(asked):
        yield _Step("words", as_fts5(question))


def _rule(contacts: QuerySet) -> tuple[str, list]:
    """What holds of the given contacts as SQL over their table; of several tables, that they are among them."""
    tables = [alias for alias, uses in contacts.query.alias_refcount.items() if uses]
    if contacts.query.is_sliced or len(tables) > 1:
        contacts = contacts.model._default_manager.filter(pk__in=contacts.order_by().values("pk"))
    try:
        sql, values = contacts.query.get_compiler(contacts.db).compile(contacts.query.where)
    except EmptyResultSet:  # none of them
        return "FALSE AND ", []
    except FullResultSet:
        return "", []
    return f"({sql}) AND ", list(values)


def dialogues(seen: QuerySet) -> QuerySet:
    """Those of ``seen`` with the words (``said``) or about one of the topics that a prepared query is asked for."""
    return seen.filter(pk__in=RawSQL(ABOUT, [TEXT, THOSE]))  # noqa: S611 - what is asked is a parameter


def lately(dialogues: Any) -> Any:
    """Those of the latest ``dialogues`` with the words (``as_expressions``) or about one of the topics (as JSON).

    What everybody talks of is found there; the full-text table would list all of it. For a prepared query.
    """
    topics = RawSQL("SELECT value FROM json_each(%s)", [TEXT])
    about = dialogues.model.topics.through.objects.filter(dialogue=OuterRef("pk"), topic__in=topics)
    latest = dialogues.newest_first().values("pk")[:LATEST]
    return dialogues.filter(MatchEach("search_key") | Exists(about), pk__in=latest)


def are_said_often(words: Groups) -> bool:
    """Whether so many dialogues say them that the latest are looked through first; a letter or two nearly all do."""
    if any(len(key) <= PREFIX_ONLY for group in words for key, begins in group if begins):
        return True
    many = f"SELECT 1 FROM {DIALOGUES}_words WHERE {DIALOGUES}_words MATCH %s LIMIT {OFTEN}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({many})", [as_fts5([words])])
        return cursor.fetchone()[0] == OFTEN


def as_expressions(groups: Groups) -> list[str]:
    """What matches each group of words in a text with a space before it."""
    return [f" ({'|'.join(key + ('' if begins else '( |$)') for key, begins in group)})" for group in groups]


def said(asked: Asked) -> Groups:
    """Every word; one of a few letters as it stands, unless nothing else is asked for."""
    alone = len(asked.said) == 1
    return [[Term(word, begins=alone or len(word) > PREFIX_ONLY)] for word, _written in asked.said]


def meant(asked: Asked) -> Groups:
    """Every word, or one of those it may be mistyped for; none where there is none to be mistyped for."""
    with connection.cursor() as cursor:
        of_keys = f"SELECT DISTINCT word FROM {LIST} WHERE key IN (SELECT value FROM json_each(%s))"
        cursor.execute(of_keys, [json.dumps(asked.slip_keys)])
        words = [word for (word,) in cursor.fetchall()]
    near = [
        [Term(word) for word in words if re.search(pattern, f" {word}")] if pattern else []
        for pattern in asked.patterns
    ]
    if not any(near):
        return []
    return [known + others for known, others in zip(said(asked), near, strict=True)]
