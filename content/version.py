"""The content version: renewed in the transaction of every change to what the public reads.

Django's own connections are watched, so that a bulk update or a raw statement counts as much as ``save()``. The
version's row is written as the last thing before the commit: readers see a change and its version in the same instant,
and writers wait for each other no longer than a commit takes. A version made outside the transaction, or drawn from a
sequence, would be seen before its change, and a page made in between would be kept with old words under a new name.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import uuid4

from django.apps import AppConfig
from django.db import connection as default_connection
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.http import HttpRequest
from wagtail.models import Site

from content.models.version import ContentVersion
from outreach.wall.grants import NOT_KEPT, TABLE
from outreach.wall.tables import concrete_models

WRITING = re.compile(
    r'(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?(?:\s+SET\s+(.*?)\s+WHERE\s)?', re.DOTALL
)
COLUMN = re.compile(r'"(\w+)" = ')
# What saving a draft, or holding a page while somebody edits it, writes into its row: no reader sees any of it.
OF_DRAFTS = frozenset(
    {"draft_title", "has_unpublished_changes", "latest_revision_created_at", "latest_revision_id"}
    | {"locked", "locked_at", "locked_by_id"}
)
_TABLE = ContentVersion._meta.db_table
_READ = f"SELECT token FROM {_TABLE} WHERE id = 1"  # noqa: S608 - a constant
_WRITE = f"INSERT INTO {_TABLE} (id, token) VALUES (1, %s) ON CONFLICT (id) DO UPDATE SET token = excluded.token"  # noqa: S608

_seen = ""  # the last version this process met
_resting = False  # while migrations run


def current() -> str:
    """The version as everybody may see it; "" before the first change."""
    with default_connection.cursor() as cursor:
        cursor.execute(_READ)
        row = cursor.fetchone()
    return row[0] if row else ""


def version_of(request: HttpRequest) -> str:
    """The version this request found, in one query, before it read anything else that is kept."""
    global _seen
    if not hasattr(request, "content_version"):
        request.content_version = current()
        if request.content_version != _seen:
            Site.clear_site_root_paths_cache()  # Wagtail keeps them for an hour in each process
            _seen = request.content_version
    return request.content_version


def content_changed() -> None:
    """Say that what the public reads has changed, by a way that no connection of Django saw."""
    note(default_connection)


def note(connection: BaseDatabaseWrapper) -> None:
    """Renew the version when the transaction commits, or at once where there is none."""
    if not connection.in_atomic_block:
        renew(connection)
    elif not _is_noted(connection):
        transaction.on_commit(Site.clear_site_root_paths_cache, using=connection.alias)


def _is_noted(connection: BaseDatabaseWrapper) -> bool:
    """Django forgets a callback when the transaction or savepoint it came in is rolled back: so is the change."""
    return any(function is Site.clear_site_root_paths_cache for _ids, function, _robust in connection.run_on_commit)


def renew(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [uuid4().hex])


def watch(app: AppConfig) -> None:
    """Have every connection of this process notice what it writes. Called in ``app.ready``."""
    connection_created.connect(_watch, dispatch_uid="content.version")
    pre_migrate.connect(_rest, sender=app, dispatch_uid="content.version")
    post_migrate.connect(_resume, sender=app, dispatch_uid="content.version")


def _rest(**signal: object) -> None:
    """A migration may write before there is a version to renew."""
    global _resting
    _resting = True


def _resume(using: str, **signal: object) -> None:
    """After migrations everything may be another; after a flush even the version is gone."""
    global _resting
    _resting = _TABLE not in connections[using].introspection.table_names()
    if not _resting:
        renew(connections[using])


def _watch(connection: BaseDatabaseWrapper, **signal: object) -> None:
    if _notice in connection.execute_wrappers:  # the same object connects anew
        return
    connection.execute_wrappers.insert(0, _notice)
    commit = connection.commit

    def renew_and_commit() -> None:
        if _is_noted(connection):
            renew(connection)
        commit()

    connection.commit = renew_and_commit  # type: ignore[method-assign]


def _notice(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    connection = context["connection"]
    if _resting or not changes_public_text(sql):
        return execute(sql, params, many, context)
    # SQLite cannot commit before the rows of a RETURNING are read; there the version follows in its own statement.
    if connection.in_atomic_block or connection.vendor == "sqlite":
        result = execute(sql, params, many, context)
        note(connection)
        return result
    with transaction.atomic(using=connection.alias):
        note(connection)
        return execute(sql, params, many, context)


def changes_public_text(sql: Any) -> bool:
    """Whether this statement writes what a reader of the public site may see."""
    match = WRITING.match(sql) if isinstance(sql, str) else None
    if match is None or match[1] not in public_tables():
        return False
    columns = set(COLUMN.findall(match[2] or ""))
    return not columns or not columns <= OF_DRAFTS


@cache
def public_tables() -> frozenset[str]:
    """The tables the public role may read, but for those no page is kept with."""
    labels = {label for label, access in TABLE.items() if "S" in access.public} - NOT_KEPT
    return frozenset(model._meta.db_table for label, model in concrete_models().items() if label in labels)
