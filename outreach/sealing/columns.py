"""Going through a sealed column row by row, without keeping anybody else from writing for longer than a batch."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Model, TextField, Value

BATCH = 500


def in_batches(field: Any, change: Callable[[Model, str], str | None]) -> Iterator[int]:
    """Put what ``change`` makes of each text that stands in the column in its place, unless it is None.

    The rows of a batch are locked while it is changed, and kept together; says how many there were in each.
    """
    last = None
    while batch := _changed(field, change, last):
        last = batch[-1].pk
        yield len(batch)


@transaction.atomic
def _changed(field: Any, change: Callable[[Model, str], str | None], last: Any) -> list[Model]:
    name, rows = field.attname, written(field).select_for_update(of=("self",), no_key=True)
    batch = list((rows.filter(pk__gt=last) if last else rows)[:BATCH])
    anew = []
    for row in batch:
        text = change(row, vars(row)[name].token)
        if text is not None:
            setattr(row, name, Value(text, TextField()))
            anew.append(row)
    field.model._base_manager.bulk_update(anew, [name])
    return batch


def written(field: Any) -> Any:
    """The rows where something stands, with what its seal is bound to, in the order of their keys."""
    bound = [name for name in field.bound_to if name != "pk"]
    return field.model._base_manager.exclude(**{field.attname: ""}).only(field.attname, *bound).order_by("pk")
