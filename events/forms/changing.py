"""The planning form of an event that is there already: what a colleague saved meanwhile is not undone."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils.timezone import localtime, now
from django.utils.translation import gettext_lazy as _

from events.services.copying import moved
from outreach.meanwhile import VERSION, MeanwhileMixin, in_words
from outreach.once import KeyInput

from .planning import EventForm

ASKED = "moved"  # the start for which the dates that move along have been shown
MOVES = ("registration_closes_at", "release_at")


class ChangeForm(MeanwhileMixin, EventForm):
    """The facts, the seats and what upper rooms ask, as the page showed each of them.

    Where a colleague saved first, what they wrote stands in the fields that were left as they were, and beside those
    that were changed here too. Sent again, both are kept. Moved to another day, it proposes the dates that go along.
    """

    unmarked = MeanwhileMixin.unmarked | {ASKED}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[ASKED] = forms.CharField(required=False, widget=KeyInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts = cleaned.get("starts_at")
        if starts and cleaned[ASKED] != mark_of(starts) and not self.has_changed_meanwhile():
            self.move_along(self.initial["starts_at"], starts)
        return cleaned

    def move_along(self, before: datetime, starts: datetime) -> None:
        """Propose the dates that were left as they stood as many days on as the event; nothing is saved before they
        have been seen."""
        days = (localtime(starts).date() - localtime(before).date()).days
        left = [name for name in MOVES if self.initial.get(name) and name not in self.changed_data]
        if not days or not left:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix(ASKED)] = mark_of(starts)
        self.add_error(None, _("Nothing is saved yet. The event moves to another day: look at what is marked."))
        for name in left:
            was = self.initial[name]
            put(self.data, self[name], along(was, days, starts))
            said = {"was": in_words(self.fields[name], was)}
            self.errors.pop(name, None)
            self.add_error(name, _("It was %(was)s, and moves along. Save it so, or write another time.") % said)

    def version_field(self) -> forms.Field:
        self.names = [name for name in self.fields if name not in self.unmarked]
        marks = (mark_of(self.get_initial_for_field(self.fields[name], name)) for name in self.names)
        return forms.CharField(required=False, empty_value=None, widget=KeyInput, initial=" ".join(marks))

    def mark(self, name: str) -> None:
        sent, saved = (dict(zip(self.names, marks.split(), strict=False)) for marks in self.read_and_saved())
        if sent.get(name) == saved[name]:
            return
        if sent.get(name) == mark_of(self.cleaned_data.get(name)):
            put(self.data, self[name], self[name].initial)
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


def along(moment: datetime, days: int, starts: datetime) -> datetime:
    """The moment as many days later, never after the start; where that has passed already, the start."""
    later = moved(moment, days)
    return min(later, starts) if later > now() else starts


def put(data: QueryDict, field: forms.BoundField, value: Any) -> None:
    """A value into what was sent, as a browser would send it."""
    value = field.field.prepare_value(value)
    if isinstance(field.field.widget, forms.CheckboxInput):
        shown = ["on"] if value else []
    else:
        told = field.field.widget.format_value(value)
        shown = told if isinstance(told, list) else ["" if told is None else told]
    data.setlist(field.html_name, shown)
