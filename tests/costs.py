"""What something costs the database: questions, and commits, each of which waits for the disk."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass
class Costs:
    queries: int = 0
    commits: int = 0


@contextmanager
def counted(monkeypatch) -> Iterator[Costs]:
    """Only a ``transaction=True`` test has commits. One that changes no row counts as well."""
    costs = Costs()

    def ask(execute, sql, params, many, context):
        if not sql.startswith(("BEGIN", "SAVEPOINT", "RELEASE")):
            costs.queries += 1
        costs.commits += sql.startswith(WRITES) and not connection.in_atomic_block
        return execute(sql, params, many, context)

    def commit(real=connection._commit):
        costs.commits += 1
        return real()

    with monkeypatch.context() as patch, connection.execute_wrapper(ask):
        patch.setattr(connection, "_commit", commit)
        yield costs
