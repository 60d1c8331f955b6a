"""Two states of a contact channel beside each other, in an editor's words."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.db.models import BooleanField, DateField, Field
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from content.models import ContactChannel
from content.models.approval import ChannelProposal
from content.models.opening import Hours, hours_in_words
from content.services.channel_facts import Facts, changed, own_fields, relations
from outreach.design.templatetags.design_tags import longdate


class Line(NamedTuple):
    """One fact; each side is the lines it is read as, none where there is nothing."""

    label: str
    old: list[str]
    new: list[str]
    differs: bool


def lines(proposal: ChannelProposal) -> list[Line]:
    """Every fact that stands on either side, those that differ first."""
    differing = changed(proposal.before, proposal.after)
    both = list(_lines(proposal.before, proposal.after, differing))
    return sorted((line for line in both if line.old or line.new), key=lambda line: not line.differs)


def _lines(before: Facts, after: Facts, differing: list[str]) -> Iterator[Line]:
    for name in [field.name for field in own_fields(ContactChannel)] + list(relations()):
        old, new = (_in_words(name, facts[name]) if name in facts else [] for facts in (before, after))
        yield Line(capfirst(str(_label(name))), old, new, name in differing)


def _label(name: str) -> Any:
    try:
        field = ContactChannel._meta.get_field(name)
    except FieldDoesNotExist:
        return name
    return field.verbose_name if isinstance(field, Field) else field.related_model._meta.verbose_name_plural


def _in_words(name: str, value: Any) -> list[str]:
    if name == "opening_hours":
        fields = {field.name: field for field in own_fields(relations()[name])}
        week = [Hours(*(fields[part].to_python(row[part]) for part in Hours._fields)) for row in value]
        return hours_in_words(sorted(week))
    if name == "closed_days":
        return [_period(date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])) for row in value]
    if name in relations():
        return [str(relations()[name](**row)) for row in value]
    return _field_in_words(ContactChannel._meta.get_field(name), value)


def _period(first: date, last: date) -> str:
    return longdate(first) if first == last else f"{longdate(first)} – {longdate(last)}"


def _field_in_words(field: Field, value: Any) -> list[str]:
    if isinstance(field, BooleanField):
        return [_("Yes") if value else _("No")]
    if value in (None, ""):
        return []
    if field.choices:
        return [str(dict(field.flatchoices).get(value, value))]
    if isinstance(field, DateField):
        return [longdate(field.to_python(value))]
    return str(value).splitlines()
