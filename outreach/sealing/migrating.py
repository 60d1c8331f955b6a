"""Sealing what stands in a column in clear, and opening it again when a migration is undone.

In batches, each kept: stopped and run again, it goes on from where it was.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from .columns import in_batches
from .fields import Sealed
from .seals import is_sealed

Step = Callable[[Any, Any], None]


def seal_column(app: str, model: str, column: str) -> Step:
    """For RunPython: the field of that name is a sealed one in the state of the migration."""

    def step(apps: Any, schema_editor: Any) -> None:
        field = apps.get_model(app, model)._meta.get_field(column)

        def sealed(row: Model, text: str) -> str | None:
            return None if is_sealed(text) else field.sealed_for(row, field.from_text(text)).token

        for _count in in_batches(field, sealed):
            pass

    return step


def open_column(app: str, model: str, column: str) -> Step:
    """The same backwards. What does not open stops it: it would be lost."""

    def step(apps: Any, schema_editor: Any) -> None:
        field = apps.get_model(app, model)._meta.get_field(column)

        def opened(row: Model, text: str) -> str | None:
            return field.clear(row, Sealed(text)) if is_sealed(text) else None

        for _count in in_batches(field, opened):
            pass

    return step
