"""Who was told, on which day and how."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import NOT_IN_THE_FUTURE, WorkspaceForm
from contacts.services.informing import How
from outreach.design.forms import DateInput


class InformForm(WorkspaceForm):
    """``waiting`` are the contacts on the page, by the value of their tick."""

    told = forms.MultipleChoiceField(
        label=_("Who was told?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick those who were told."), "invalid_choice": _("Tick those who were told.")},
    )
    on = forms.DateField(label=_("On which day?"), widget=DateInput)
    how = forms.ChoiceField(
        label=_("How?"),
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they were told.")},
    )

    def __init__(self, *args, waiting, today, **kwargs):
        super().__init__(*args, **{"initial": {"on": today}, **kwargs})
        self.waiting, self.today = waiting, today
        self.fields["told"].choices = [(value, str(contact)) for value, contact in waiting.items()]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(NOT_IN_THE_FUTURE)
        return day

    @property
    def contacts(self):
        return [self.waiting[value] for value in self.cleaned_data["told"]]
