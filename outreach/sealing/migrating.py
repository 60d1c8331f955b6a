"""Sealing what stands in a column in clear, and opening it again when a migration is undone: in batches, each kept.

What another process writes meanwhile is left as it wrote it. Run twice, or after being stopped, it goes on from where
it was.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import Model

from .fields import Sealed
from .seals import is_sealed

BATCH = 500
Step = Callable[[Any, Any], None]


def seal_column(app: str, model: str, column: str) -> Step:
    """For RunPython: the field of that name is a sealed one in the state of the migration."""

    def step(apps: Any, schema_editor: Any) -> None:
        field = apps.get_model(app, model)._meta.get_field(column)

        def sealed(row: Model, text: str) -> str | None:
            return None if is_sealed(text) else field.sealed_for(row, field.from_text(text)).token

        _each(field, sealed)

    return step


def open_column(app: str, model: str, column: str) -> Step:
    """The same backwards. What does not open stops it: it would be lost."""

    def step(apps: Any, schema_editor: Any) -> None:
        field = apps.get_model(app, model)._meta.get_field(column)

        def opened(row: Model, text: str) -> str | None:
            return field.clear(row, Sealed(text)) if is_sealed(text) else None

        _each(field, opened)

    return step


def _each(field: Any, change: Callable[[Model, str], str | None]) -> None:
    """Put what ``change`` makes of each text in its place, unless it is None."""
    rows = field.model._base_manager.exclude(**{field.attname: ""}).order_by("pk")
    last = None
    while batch := list((rows.filter(pk__gt=last) if last else rows)[:BATCH]):
        with transaction.atomic():
            for row in batch:
                was = vars(row)[field.attname]
                new = change(row, was.token)
                if new is not None:
                    same = field.model._base_manager.filter(pk=row.pk, **{field.attname: was})
                    same.update(**{field.attname: Sealed(new)})
        last = batch[-1].pk
