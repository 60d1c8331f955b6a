"""Copying an event: the day is all that is asked."""

from datetime import date

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.forms.planning import FARTHEST
from outreach.design.forms import DateInput
from outreach.once import OnceMixin


class CopyForm(OnceMixin, forms.Form):
    """The day on which the copy begins."""

    day = forms.DateField(
        label=_("The day it begins"), widget=DateInput, help_text=_("Every other date moves by as many days.")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout("day", Submit("copy", _("Copy the event")))

    def clean_day(self) -> date:
        day = self.cleaned_data["day"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("Choose a day to come."))
        if day > today + FARTHEST:
            raise forms.ValidationError(_("The event is more than three years ahead."))
        return day
