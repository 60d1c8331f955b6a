"""The planning form of an event that is there already: what a colleague saved meanwhile is not undone."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from outreach.meanwhile import VERSION, MeanwhileMixin
from outreach.once import KeyInput

from .planning import EventForm


class ChangeForm(MeanwhileMixin, EventForm):
    """The facts, the seats and what upper rooms ask, as the page showed each of them.

    Where a colleague saved first, what they wrote stands in the fields that were left as they were, and beside those
    that were changed here too. Sent again, both are kept.
    """

    def version_field(self) -> forms.Field:
        self.names = [name for name in self.fields if name not in self.unmarked]
        marks = (mark_of(self.get_initial_for_field(self.fields[name], name)) for name in self.names)
        return forms.CharField(required=False, empty_value=None, widget=KeyInput, initial=" ".join(marks))

    def mark(self, name: str) -> None:
        sent, saved = (dict(zip(self.names, marks.split(), strict=False)) for marks in self.read_and_saved())
        if sent.get(name) == saved[name]:
            return
        if sent.get(name) == mark_of(self.cleaned_data.get(name)):
            put(self.data, self[name])
            self.add_error(name, _("A colleague wrote this meanwhile."))
        else:
            super().mark(name)

    def read_and_saved(self) -> tuple[str, str]:
        return self.cleaned_data[VERSION], self.fields[VERSION].initial


def mark_of(value: Any) -> str:
    """A short sign of a value, the same for what is stored and for what a browser sends back of it."""
    return sha256(plain(value).encode()).hexdigest()[:8]


def plain(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " ".join(sorted(map(plain, value)))
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def put(data: QueryDict, field: forms.BoundField) -> None:
    """What is saved into what was sent, as a browser would send it."""
    value = field.field.prepare_value(field.initial)
    if isinstance(field.field.widget, forms.CheckboxInput):
        shown = ["on"] if value else []
    else:
        told = field.field.widget.format_value(value)
        shown = told if isinstance(told, list) else ["" if told is None else told]
    data.setlist(field.html_name, shown)
