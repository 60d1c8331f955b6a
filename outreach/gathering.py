"""The few rows that belong to another, read in the query that reads that one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db.models import JSONField, Model, Subquery

Made = TypeVar("Made", bound=Model)


class Gathered(Subquery):
    """The rows of a query of ``values`` as a list of dictionaries, in their order; for ``made``."""

    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        template = "(SELECT coalesce(jsonb_agg(gathered), '[]') FROM (%(subquery)s) gathered)"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        names = [*self.query.values_select, *self.query.annotation_select]
        pairs = ", ".join(f"'{name}', gathered.\"{name}\"" for name in names)
        template = f"(SELECT json_group_array(json_object({pairs})) FROM (%(subquery)s) gathered)"  # noqa: S608 - names
        return self.as_sql(compiler, connection, template=template, **context)


def made(model: type[Made], rows: Iterable[dict[str, Any]]) -> list[Made]:
    """Rows of ``model``, each with the related rows whose columns it brings: ``organisation__name``."""
    return [_made(model, row) for row in rows]


def _made(model: type[Made], row: dict[str, Any]) -> Made:
    own: dict[str, Any] = {}
    related: dict[str, dict[str, Any]] = defaultdict(dict)
    for name, value in row.items():
        end, _, rest = name.partition("__")
        if rest:
            related[end][rest] = value
        else:
            own[name] = _moment(model._meta.get_field(name).to_python(value))  # type: ignore[union-attr]
    names = [column.attname for column in model._meta.concrete_fields if column.attname in own]  # as from_db wants
    one = model.from_db(None, names, [own[name] for name in names])
    for end, columns in related.items():
        _put(one, end, columns)
    return one


def moment(told: str) -> datetime:
    """A moment in a gathered row."""
    return _moment(datetime.fromisoformat(told))


def _moment(value: Any) -> Any:
    """SQLite keeps moments in UTC without saying so."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _put(one: Model, end: str, columns: dict[str, Any]) -> None:
    field: Any = one._meta.get_field(end)
    key = getattr(one, field.attname)
    there = None if key is None else _made(field.related_model, {field.target_field.attname: key} | columns)
    setattr(one, end, there)
