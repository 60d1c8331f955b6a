"""A form that changes a row, sent from a page that shows it as it is no longer: said once, and nothing is lost."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from outreach.design.templatetags.design_tags import clock, longdate
from outreach.once import KeyInput

VERSION = "version"
LOOK_AGAIN = _("A colleague changed this while you had it open. Look at what is marked, then save again.")
A_MOMENT_AGO = _("A colleague saved this a moment ago. Open it again to see what is new.")


class VersionField(forms.Field):
    """The version a page showed; -1 for one that was made up, None where none was sent."""

    widget = KeyInput

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        text = str(value)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 11 else -1


class MeanwhileMixin(forms.BaseForm):
    """Stands before the form. Where a colleague saved first nothing is saved, and the form comes back with what was
    typed and what was saved; sent again it is saved. One that carries no version is taken as of now.

    With crispy, the helper needs ``render_hidden_fields``.
    """

    instance: Any
    unmarked: frozenset[str] = frozenset({VERSION})  # fields that show nothing of the row

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.row._state.adding:
            self.fields[VERSION] = self.version_field()

    @property
    def row(self) -> Any:
        """What the form changes."""
        return self.instance

    def version_field(self) -> forms.Field:
        """Carries what the page showed; as of now it is its initial value."""
        return VersionField(required=False, initial=self.row.version)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.has_changed_meanwhile():
            self.say_what_changed()
        return cleaned

    def has_changed_meanwhile(self) -> bool:
        sent = self.cleaned_data.get(VERSION)
        return sent is not None and sent != self.fields[VERSION].initial

    def say_what_changed(self) -> None:
        """Beside each field that differs stands what was saved. Saving again keeps what was typed."""
        self.add_error(None, self.how_it_changed())
        self.data = self.data.copy()
        for name in set(self.changed_data) - {*self.unmarked, *self.errors}:
            self.mark(name)
        self.data[self.add_prefix(VERSION)] = self.fields[VERSION].initial

    def mark(self, name: str) -> None:
        """Say at a field whose value is not what was saved what that is."""
        saved = in_words(self.fields[name], self.get_initial_for_field(self.fields[name], name))
        self.add_error(name, _("Saved meanwhile: %(value)s") % {"value": saved or _("nothing")})

    def how_it_changed(self) -> str | Promise:
        return LOOK_AGAIN


def in_words(field: forms.Field, value: Any) -> str:
    """A saved value as the form shows it."""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list | tuple):
        return ", ".join(in_words(field, each) for each in value)
    if isinstance(value, datetime):
        return f"{longdate(localtime(value))} {clock(value)}"
    value = getattr(value, "pk", value)
    choices = {str(key): label for key, label in getattr(field, "choices", ()) if not isinstance(label, list)}
    return str(choices.get(str(value), value)) if value not in (None, "") else ""
