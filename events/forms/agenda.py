"""The programme of an event, a numbered row of fields for each line."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.services.agenda import Line
from outreach.design.forms import TimeInput
from outreach.design.templatetags.design_tags import daydate
from outreach.privacy.workspace import WorkspaceGuard

FEWEST, MOST, MORE = 4, 60, 3
TITLE = re.compile(r"title_(\d{1,2})")


class AgendaForm(WorkspaceGuard, forms.Form):
    """As many lines as there are ``rows``; one left empty is none."""

    asks_about_words = False  # everybody reads it

    def __init__(self, *args: Any, event: Event, rows: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = range(min(max(rows, FEWEST), MOST))
        days = event.days
        for row in self.rows:
            if len(days) > 1:
                told = [(number, capfirst(daydate(day))) for number, day in enumerate(days, start=1)]
                self.fields[f"day_{row}"] = forms.TypedChoiceField(label=_("Day"), choices=told, coerce=int)
                self.fields[f"day_{row}"].required = False
            self.fields[f"at_{row}"] = forms.TimeField(label=_("Begins"), required=False, widget=TimeInput)
            self.fields[f"title_{row}"] = forms.CharField(label=_("What happens"), required=False, max_length=200)
            self.fields[f"speakers_{row}"] = forms.CharField(label=_("Who speaks"), required=False, max_length=200)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(*map(self._line, self.rows))

    def _line(self, row: int) -> Fieldset:
        legend = _("Line %(number)d") % {"number": row + 1}
        when, told = (f"day_{row}", f"at_{row}"), (f"title_{row}", f"speakers_{row}")
        if when[0] in self.fields:
            return Fieldset(legend, Row(*when), Row(*told))
        return Fieldset(legend, Row(when[1], told[0], css_class="wider-last"), told[1])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in self.rows:
            at, title, speakers = (data.get(f"{name}_{row}") for name in ("at", "title", "speakers"))
            if (at or speakers) and not title:
                self.add_error(f"title_{row}", _("Write what happens."))
            if (title or speakers) and at is None and f"at_{row}" not in self.errors:
                self.add_error(f"at_{row}", _("Write when it begins."))
        return data

    @property
    def lines(self) -> list[Line]:
        """What was written, without the empty rows."""
        data = self.cleaned_data
        return [
            Line(data.get(f"day_{row}") or 1, data[f"at_{row}"], data[f"title_{row}"], data[f"speakers_{row}"])
            for row in self.rows
            if data[f"title_{row}"]
        ]


def rows_sent(data: Mapping[str, Any]) -> int:
    """How many rows the form had when it was sent."""
    return 1 + max((int(found[1]) for name in data if (found := TITLE.fullmatch(name))), default=0)


def told(lines: Iterable[Line]) -> dict[str, Any]:
    """What the form shows of the lines as they are."""
    return {f"{name}_{row}": value for row, line in enumerate(lines) for name, value in line._asdict().items()}
