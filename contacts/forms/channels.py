"""A channel not to use."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import NOT_IN_THE_FUTURE, SEEN_BY_COLLEAGUES, WorkspaceForm
from contacts.models import Channel
from contacts.models.refusal import PLEAS
from outreach.design.forms import DateInput


class RefusalForm(WorkspaceForm):
    channel = forms.ChoiceField(
        label=_("What do they not want?"),
        choices=[(channel.value, PLEAS[channel]) for channel in Channel],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a channel.")},
    )
    since = forms.DateField(label=_("Since"), widget=DateInput)
    why = forms.CharField(label=_("Why?"), required=False, max_length=200, help_text=SEEN_BY_COLLEAGUES)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **{"initial": {"since": today}, **kwargs})
        self.today = today

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError(NOT_IN_THE_FUTURE)
        return day
