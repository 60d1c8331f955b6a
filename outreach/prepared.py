"""Queries that every page of a kind asks, each time for somebody else: built once, planned once, asked by key.

Django needs longer to build a query with the rules of who may see what than a database needs to answer it (4.4 of
5.5 ms CPU for the head of a person's page), and PostgreSQL four times longer to plan it under row-level security than
to run it. So a function that makes a queryset is called once, with stand-ins for those it is about, and its SQL is
kept; from then on only keys change. The rules stay where they are, and so does the second lock: plans belong to one
connection, and PostgreSQL makes them anew when the role changes.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import date
from functools import lru_cache, update_wrapper
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, F, Func, Model, QuerySet, UUIDField, Value
from django.utils import timezone

Those = Sequence[UUID] | Sequence[int] | Sequence[str]

ASKED = ("role", "is_active", "restricted")  # what rules ask, beside the key, of those they are about
THOSE = uuid4()  # stands in for the keys of Among, the patterns of LikeEach and MatchEach
TEXT = uuid4().hex  # stands in for a text
KEPT = 64  # ways to ask one function: by role, by page of a list


class prepared:
    """A function from people, contacts and plain values to a queryset; called, it answers with the rows.

    It is told their keys and what stands in ASKED: to read more of them is an error. It runs no query itself, and
    what it makes of the plain values and of the day holds for that day.
    """

    def __init__(self, make: Callable[..., QuerySet]) -> None:
        self.make = make
        self._kept = lru_cache(maxsize=KEPT)(self._prepare)
        update_wrapper(self, make)

    def __call__(self, *about: Model, those: Those = (), text: str = "", **plain: Any) -> list[Any]:
        """``those``: the keys that ``Among`` asks about, or the patterns of ``LikeEach``. ``text``: what the query
        asks with where it has ``TEXT``."""
        shapes = tuple((one._meta.model, _traits(one)) for one in about)  # not type: a lazy user has its own
        stand_ins, query = self._kept(shapes, tuple(plain.items()), timezone.localdate())
        keys: dict[Any, Any] = {THOSE: those, THOSE.hex: those, TEXT: text}
        for stand_in, one in zip(stand_ins, about, strict=True):
            keys |= {stand_in: one.pk, stand_in.hex: one.pk.hex, str(stand_in): str(one.pk)}
        return query.rows(keys)

    def _prepare(self, shapes: tuple, plain: tuple, _day: date) -> tuple[list[UUID], "_Query"]:
        stand_ins = [uuid4() for _shape in shapes]
        about = [_stand_in(model, key, dict(traits)) for key, (model, traits) in zip(stand_ins, shapes, strict=True)]
        return stand_ins, _Query(self.make(*about, **dict(plain)))


def _stand_in(model: type[Model], key: UUID, traits: dict[str, Any]) -> Model:
    """A row that knows no more than this. To ask more of it is loud: it would be read, and is not there."""
    values = traits | {model._meta.pk.attname: key}
    names = [column.attname for column in model._meta.concrete_fields if column.attname in values]
    return model.from_db(None, names, [values[name] for name in names])


def _traits(one: Model) -> tuple[tuple[str, Any], ...]:
    names = {field.attname for field in one._meta.concrete_fields}
    return tuple((name, getattr(one, name)) for name in ASKED if name in names)


class _Query:
    """What Django made of a queryset, to be asked with other keys."""

    def __init__(self, queryset: QuerySet) -> None:
        self._queryset = queryset
        self._compiler = queryset.query.get_compiler(queryset.db)
        self._sql: str = ""
        self._params: tuple[Any, ...] = ()
        try:
            self._sql, self._params = self._compiler.as_sql()
        except EmptyResultSet:  # nobody who asks like this sees any
            self._queryset = queryset.none()

    def rows(self, keys: dict[Any, Any]) -> list:
        """Django reads them as it reads any, but for the compiler: that one has done its work."""
        asked: Any = self._queryset.all()
        if self._sql:
            compiler: Any = copy(self._compiler)
            compiler.connection = connections[asked.db]
            keys[THOSE] = keys[THOSE.hex] = _in_one(keys[THOSE], compiler.connection.vendor)
            params = [keys.get(param, param) if isinstance(param, UUID | str) else param for param in self._params]
            compiler.execute_sql = lambda *_args, **_kwargs: [_answer(compiler.connection, self._sql, params)]
            asked.query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(asked)


class Among(Func):
    """Whether a column holds one of ``those`` the prepared query is asked about: any number of keys as one value."""

    output_field = BooleanField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column), Value(THOSE, UUIDField()))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="%(expressions)s)", arg_joiner=" = ANY (", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        between = " IN (SELECT value FROM json_each("
        return self.as_sql(compiler, connection, template="%(expressions)s))", arg_joiner=between, **context)


class LikeEach(Func):
    """Whether a text column is like each of ``those``, with a space before it as before each of its words."""

    output_field = BooleanField()
    template = "NOT EXISTS (SELECT 1 FROM %(source)s(%(expressions)s) %(unlike)s value)"
    unlike = {"postgresql": "NOT LIKE", "sqlite": "NOT LIKE"}

    def __init__(self, column: str) -> None:
        super().__init__(Value(THOSE, UUIDField()), F(column))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        where = "::text[]) value WHERE (' ' || "
        return self.as_sql(
            compiler, connection, source="unnest", arg_joiner=where, unlike=self.unlike["postgresql"], **context
        )

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        where = ") WHERE (' ' || "
        return self.as_sql(
            compiler, connection, source="json_each", arg_joiner=where, unlike=self.unlike["sqlite"], **context
        )


class MatchEach(LikeEach):
    """The same by regular expressions."""

    unlike = {"postgresql": "!~", "sqlite": "NOT REGEXP"}


def _in_one(those: Those, vendor: str) -> list | str:
    if vendor == "postgresql":
        return list(those)
    return json.dumps([one.hex if isinstance(one, UUID) else one for one in those])


def _answer(connection: Any, sql: str, params: list) -> list[tuple]:
    with _cursor(connection) as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@contextmanager
def _cursor(connection: Any) -> Iterator[Any]:
    """On PostgreSQL one that lets the server keep the plan; Django's own writes the values into the SQL."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            yield cursor
        return
    connection.close_if_health_check_failed()  # the database may have restarted since the last request
    connection.ensure_connection()
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(connection.Database.Cursor(connection.connection)) as cursor:
        yield cursor
