"""Where sealed texts stand: every sealed field of every model, and what apps register that keep some elsewhere."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from django.apps import apps

from .columns import in_batches, written
from .fields import Sealed, SealedTextField
from .seals import CannotOpen

Change = Callable[[str], str | None]


class Place(Protocol):
    register: str
    name: str

    def total(self) -> int:
        """How many rows there are with something sealed."""

    def renew(self, change: Change) -> Iterator[int]:
        """Put what ``change`` makes of each seal in its place, unless None; says how many rows each batch had."""

    def seals(self) -> Iterator[str]: ...

    def opens(self, most: int) -> Iterator[bool]:
        """Of the ``most`` latest texts, whether each opens in the row where it stands."""


class Column:
    """A sealed field of a model."""

    def __init__(self, field: Any) -> None:
        self.field, self.register = field, field.register
        self.name = f"{field.model._meta.label_lower}.{field.name}"

    def total(self) -> int:
        return written(self.field).count()

    def renew(self, change: Change) -> Iterator[int]:
        return in_batches(self.field, lambda _row, seal: change(seal))

    def seals(self) -> Iterator[str]:
        for seal in written(self.field).values_list(self.field.attname, flat=True).iterator():
            yield seal.token

    def opens(self, most: int) -> Iterator[bool]:
        for row in written(self.field).reverse()[:most]:
            yield self._opens(row, vars(row)[self.field.attname])

    def _opens(self, row: Any, seal: Sealed) -> bool:
        try:
            self.field.clear(row, seal)
        except CannotOpen:
            return False
        return True


_registered: list[Place] = []


def register(place: Place) -> None:
    """From ``ready`` of the app that keeps sealed texts where no field of ours does."""
    _registered.append(place)


def places(*registers: str) -> list[Place]:
    """Those of ``registers``, or all."""
    fields = [field for model in apps.get_models() for field in model._meta.concrete_fields]
    found = [*map(Column, (field for field in fields if isinstance(field, SealedTextField))), *_registered]
    return [place for place in found if not registers or place.register in registers]
