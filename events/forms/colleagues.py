"""Colleagues somebody registers along with themselves: each a name, an address and a way to take part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event, Mode
from outreach.privacy.forms import TOKEN, TRAP
from outreach.privacy.guard import GuardedFormMixin

MOST = 10  # in one go
ROWS = 600  # that are read, and shown again: more fields than that no browser may send (settings/base.py)
PREFIX = "colleague"
TOO_MANY = _(
    "You can register up to %(num)d colleagues in one go. Send the form with the first of them, "
    "then register the rest."
)


class ColleagueForm(GuardedFormMixin, forms.Form):
    """One colleague. Left empty, nobody is registered."""

    name = forms.CharField(
        label=_("Your colleague's name"),
        max_length=120,
        error_messages={"required": _("Write your colleague's name, or leave all fields about them empty.")},
    )
    email = forms.EmailField(
        label=_("Your colleague's e-mail"),
        max_length=254,
        error_messages={
            "required": _("Write your colleague's e-mail, or leave all fields about them empty."),
            "invalid": _("Write the e-mail like this: name@example.org"),
        },
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(event.modes) > 1:
            self.fields["mode"] = forms.ChoiceField(
                label=_("How will your colleague take part?"),
                choices=[("", _("Choose how")), *Mode.choices],
                error_messages={"required": _("Choose how your colleague will take part.")},
            )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class Colleagues(forms.BaseFormSet):
    """The rows of a form; whatever is wrong, all that was typed is shown again."""

    default_error_messages = {
        "too_many_forms": TOO_MANY,
        "missing_management_form": _("We could not read what you wrote about your colleagues. Write it once more."),
    }

    def initial_form_count(self) -> int:
        """None is there before: each row that is left empty is passed over."""
        return 0

    @property
    def people(self) -> list[dict[str, Any]]:
        """Who is to be registered."""
        return [row.cleaned_data for row in self.forms if row.cleaned_data] if self.is_bound else []

    @property
    def fields(self) -> list[forms.BoundField]:
        return [field for row in self.forms for field in row]


RowsOf = forms.formset_factory(
    ColleagueForm, formset=Colleagues, extra=0, max_num=MOST, validate_max=True, absolute_max=ROWS
)


def colleagues(event: Event, sent: Any = None, **options: Any) -> Colleagues:
    """The rows as they were sent; none where the form was sent without."""
    there = sent if sent and f"{PREFIX}-TOTAL_FORMS" in sent else None
    return RowsOf(there, prefix=PREFIX, form_kwargs={"event": event}, **options)


def one_more(event: Event, rows: Colleagues) -> Colleagues:
    """The rows with what was typed, unsent, and an empty one."""
    more = colleagues(event, initial=[typed(row) for row in rows.forms])
    more.extra = len(rows.forms) + 1
    return more


def typed(form: forms.BaseForm) -> dict[str, Any]:
    """What somebody has written so far, whether or not it can be taken, for the same form unsent."""
    return {
        name: field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
        for name, field in form.fields.items()
        if name not in (TOKEN, TRAP, "hoped_for")
    }
