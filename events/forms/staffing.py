"""Giving an event to another owner, and naming who helps at its door."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from events.models import Event
from events.services import staffing
from outreach.privacy.workspace import WorkspaceGuard


def laid_out(*fields, button):
    helper = FormHelper()
    helper.form_tag = False
    helper.layout = Layout(*fields, button)
    return helper


class OwnerForm(WorkspaceGuard, forms.Form):
    """Whom the event is given to."""

    owner = forms.ModelChoiceField(
        label=_("New owner"),
        queryset=None,
        help_text=_("Only those in the team of the event and the new owner see it then."),
    )

    def __init__(self, *args, event: Event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = staffing.may_own(event)
        self.helper = laid_out("owner", button=Submit("give", _("Give the event away"), css_class="button-secondary"))


class HelperForm(WorkspaceGuard, forms.Form):
    """Who helps, and on which day of the event."""

    colleague = forms.ModelChoiceField(label=_("Check-in helper"), queryset=None)
    day = forms.TypedChoiceField(label=_("On which day"), coerce=date.fromisoformat)

    def __init__(self, *args, event: Event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = staffing.may_help()
        self.fields["day"].choices = [(day.isoformat(), date_format(day, "l j. F Y")) for day in event.days]
        self.helper = laid_out(Row("colleague", "day"), button=Submit("name", _("Name the helper")))
