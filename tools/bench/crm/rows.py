"""Writing many rows at once, the same way on both databases: COPY on PostgreSQL, one prepared INSERT on SQLite."""

import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

CHUNK = 10_000
WIDTH = 30


class Progress:
    """A bar for everything that is to be written; redrawn in place on a terminal, a line for each tenth elsewhere."""

    def __init__(self, total: int):
        self.total, self.done, self.shown = total, 0, -1

    def add(self, count: int, what: str) -> None:
        self.done += count
        percent = min(100, 100 * self.done // self.total)
        step = percent if sys.stderr.isatty() else percent // 10
        if step == self.shown:
            return
        self.shown = step
        bar = "█" * (WIDTH * percent // 100)
        end = "\r" if sys.stderr.isatty() else "\n"
        print(f"  {bar:░<{WIDTH}} {percent:3} %  {what:24}", end=end, file=sys.stderr, flush=True)


def write(model: type[models.Model], objects: Iterable[models.Model], progress: Progress) -> None:
    """Insert ``objects``; what ``save`` works out must be set already. Keys the database counts are left to it."""
    counted = isinstance(model._meta.auto_field, models.AutoField)
    fields = [field for field in model._meta.concrete_fields if not (counted and field.primary_key)]
    rows = ([_value(field, one) for field in fields] for one in objects)
    name = str(model._meta.verbose_name_plural)
    with transaction.atomic():
        while chunk := list(islice(rows, CHUNK)):
            _insert(model._meta.db_table, [str(field.column) for field in fields], chunk)
            progress.add(len(chunk), name)


def _value(field: models.Field, one: models.Model) -> Any:
    return field.get_db_prep_save(field.pre_save(one, add=True), connection)


def _insert(table: str, columns: list[str], rows: list[list[Any]]) -> None:
    quote = connection.ops.quote_name
    named = f"{quote(table)} ({', '.join(map(quote, columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {named} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {named} VALUES ({places})", rows)  # noqa: S608 - names of our own tables


def joined(model: type[models.Model], pairs: Iterable[tuple[Any, Any]]) -> Iterator[models.Model]:
    """Rows of the table behind a many-to-many field, from the keys of both ends."""
    first, second = [field.attname for field in model._meta.concrete_fields if field.is_relation]
    return (model(**{first: one, second: other}) for one, other in pairs)
