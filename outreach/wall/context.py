"""For whom the database is asked: the settings that the policies read (inside.py). The one place that names them.

They hold to the end of the transaction, so nothing is left on a connection that the next request takes over. Without
them the internal role meets no row about a contact. Functions of the database read them too, e.g. those that search:
``nullif(current_setting('app.user_id', true), '')::uuid``. On SQLite there is nothing to set.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connection

from outreach.accounts.models import User

USER = "app.user_id"  # the colleague who reads
ROLE = "app.role"  # their role; blank for one who is no longer active
TODAY = "app.today"  # the day in Copenhagen: grants end by it
ALSO = "app.also"  # one more row they may meet, see ``seeing``
SYSTEM = "app.system"  # the name of a process that works for no colleague; its connections start with it (settings)
WORKER = "worker"

SET = "SELECT set_config(%s, %s, true), set_config(%s, %s, true), set_config(%s, %s, true), set_config(%s, '', true)"


def enter(user: User, today: date) -> None:
    """Ask for ``user`` from here to the end of the transaction."""
    role = user.role if user.is_active else ""
    _execute(SET, USER, str(user.pk), ROLE, role, TODAY, today.isoformat(), ALSO)


def leave() -> None:
    """Ask for nobody."""
    _execute(SET, USER, "", ROLE, "", TODAY, "", ALSO)


@contextmanager
def seeing(pk: UUID) -> Iterator[None]:
    """Let one write make a row its writer may not see: giving a restricted contact to another owner.

    PostgreSQL refuses to change a row into one that the same statement could not read.
    """
    if connection.vendor != "postgresql":
        yield
        return
    _execute("SELECT set_config(%s, %s, true)", ALSO, str(pk))
    yield
    _execute("SELECT set_config(%s, '', true)", ALSO)


def _execute(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
