"""Keeping the table of the public search: what is public stands in it, in the transaction that makes it so.

Only the internal process, the worker and the owner of the database write here; the public role may only read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone, translation

from content.models import SearchEntry
from content.models.search import LONGEST_BODY
from content.registries import SearchSource, search_sources

from .search_words import folded

LOCK = 0x5EA2C4  # of PostgreSQL, for this table alone
UNIQUE = ["source", "key", "language"]
BATCH = 500
# Keys by source that wait for the end of ``gathered``; None outside of it.
_waiting: ContextVar[dict[str, set[str]] | None] = ContextVar("search_waiting", default=None)


def register(source: SearchSource) -> None:
    """Have the search find this too, from now on. Called in ``apps.ready``."""
    search_sources.append(source)

    def changed(sender: type[Model], instance: Model, **signal: Any) -> None:
        refresh(source, [str(instance.pk)])

    for model in source.models:
        uid = f"search.{source.name}.{model._meta.label}"
        post_save.connect(changed, sender=model, weak=False, dispatch_uid=uid)
        post_delete.connect(changed, sender=model, weak=False, dispatch_uid=uid)


def entry(
    *,
    key: object,
    language: str,
    kind: str,
    path: str,
    title: str,
    detail: str = "",
    summary: str = "",
    body: str = "",
    places: str = "",
    audiences: Collection[str] = (),
    written_in: str = "",
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
) -> SearchEntry:
    """Something to find, not saved. ``places`` are names it should be found by as well as by its title.

    ``detail`` is shown and not searched. ``written_in`` matters where it is another language than the page's.
    """
    body = f"{summary} {body}".strip()[:LONGEST_BODY]
    return SearchEntry(
        key=str(key),
        language=language,
        kind=kind,
        path=path,
        title=title[:255],
        title_key=folded(title)[:300],
        detail=detail[:300],
        summary=summary,
        body=body,
        body_key=folded(body),
        places=places[:500],
        places_key=folded(places)[:600],
        written_in=written_in if written_in != language else "",
        audiences=SearchEntry.for_whom(audiences),
        valid_from=valid_from,
        valid_until=valid_until,
    )


def languages() -> Iterator[str]:
    """Each language of the site, active while it is handed out: for what has a page in every one."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield language


def refresh(source: SearchSource, keys: Collection[str]) -> None:
    """Let the table say of these rows what is public now: nothing where nothing is."""
    waiting = _waiting.get()
    if waiting is not None:
        waiting[source.name].update(keys)
        return
    with transaction.atomic():
        _lock(alone=False)
        _write(source, keys, now=timezone.now())


def rebuild(*, now: datetime) -> int:
    """Make the whole table again; how many entries it has. Whoever publishes meanwhile waits for the end of it."""
    with transaction.atomic():
        _lock(alone=True)
        SearchEntry.objects.all().delete()
        return sum(_write(source, None, now=now) for source in search_sources)


def forget(now: datetime) -> None:
    """Take out what is over by the clock alone: past events, pages taken down on time."""
    SearchEntry.objects.over(now).delete()


@contextmanager
def gathered() -> Iterator[None]:
    """For loading much at once: what changes inside is written once, at the end. An empty table is filled whole."""
    waiting: dict[str, set[str]] = defaultdict(set)
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if not SearchEntry.objects.exists():
        rebuild(now=timezone.now())
        return
    for source in search_sources:
        if keys := waiting.get(source.name):
            refresh(source, keys)


def _write(source: SearchSource, keys: Collection[str] | None, *, now: datetime) -> int:
    """Put in what the source says now and take out what stood there before."""
    if keys is not None:
        SearchEntry.objects.filter(source=source.name, key__in=keys).delete()
    entries = list(source.entries(keys, now))
    for one in entries:
        one.source = source.name
    SearchEntry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)


def _lock(*, alone: bool) -> None:
    """Until the transaction ends, nobody makes the whole table while somebody writes a part of it, or twice.

    Without it a page taken down meanwhile could come back. SQLite has one writer at a time anyway.
    """
    if connection.vendor == "postgresql":
        name = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {name}(%s)", [LOCK])
