"""A contact channel as plain facts: its fields, its hours, its closed days; to keep, to compare and to put back."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from modelcluster.models import get_all_child_relations

from content.models import ContactChannel
from content.models.approval import FREE

Facts = dict[str, Any]  # field -> JSON value; relation -> a list of such dictionaries, in a fixed order


def relations() -> dict[str, type[Model]]:
    """What belongs to a channel: the name of the relation, and the model of its rows."""
    return {
        relation.get_accessor_name(): relation.related_model for relation in get_all_child_relations(ContactChannel)
    }


def own_fields(model: type[Model]) -> list[Field]:
    """Without the primary key and the way to the channel."""
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and getattr(field, "related_model", None) is not ContactChannel
    ]


def facts_of(channel: ContactChannel) -> Facts:
    """What the row and its rows say now; of a form that was not saved, what it would say."""
    facts = _values(channel)
    for name in relations():
        rows = [_values(row) for row in getattr(channel, name).all()]
        facts[name] = sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))
    return facts


def _values(row: Model) -> Facts:
    values = {field.name: field.value_from_object(row) for field in own_fields(type(row))}
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def changed(before: Facts, after: Facts) -> list[str]:
    """The names of what differs, in the order of the model."""
    return [name for name in {**before, **after} if before.get(name) != after.get(name)]


def guarded(names: list[str]) -> list[str]:
    """Those among them that no colleague changes alone."""
    return [name for name in names if name not in FREE]


def apply(channel: ContactChannel, facts: Facts) -> None:
    """Put these facts in the channel, not saved yet; what they do not name stays."""
    kinds = relations()
    for field in own_fields(ContactChannel):
        if field.name in facts:
            setattr(channel, field.attname, field.to_python(facts[field.name]))
    for name, model in kinds.items():
        if name in facts:
            fields = {field.name: field for field in own_fields(model)}
            rows = [
                {fields[key].attname: fields[key].to_python(value) for key, value in row.items()}
                for row in facts[name]
            ]
            setattr(channel, name, [model(**row) for row in rows])
