"""A row that knows what it was read as, so that a save can leave alone what it did not change."""

from typing import Any

from django.db import models


class AsRead(models.Model):
    _read: dict[str, Any]

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self._read = self._held()

    @classmethod
    def from_db(cls, db, field_names, values):
        row = super().from_db(db, field_names, values)
        row._read = dict(zip(field_names, values, strict=False))
        return row

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        super().refresh_from_db(using, fields, from_queryset)
        held = self._held()
        self._read = held if fields is None else self._read | {name: held[name] for name in _columns(self, fields)}

    def has_changed(self, column: str) -> bool:
        """Whether it is other than it was read; of a new row, always."""
        return column not in self._read or self._read[column] != getattr(self, column)

    def read_anew_but_for_changes(self, *, always: set[str]) -> None:
        """Take over what others saved in every field not changed here, and those of ``always`` whatever is here.

        Called where the row is locked, what is saved next undoes nobody's work.
        """
        held = self._held()
        same = {name for name, value in held.items() if name in self._read and self._read[name] == value}
        self.refresh_from_db(fields=sorted(same | always))

    def _held(self) -> dict[str, Any]:
        deferred = self.get_deferred_fields()
        names = (field.attname for field in self._meta.concrete_fields)
        return {name: getattr(self, name) for name in names if name not in deferred}


def _columns(row: models.Model, fields: Any) -> list[str]:
    return [field.attname for field in row._meta.concrete_fields if {field.name, field.attname} & set(fields)]
