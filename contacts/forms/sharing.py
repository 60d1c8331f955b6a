"""Who may see a contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceForm, colleagues
from contacts.models.grant import A_YEAR_AT_MOST
from contacts.services.sharing import LONGEST
from outreach.design.forms import DateInput
from outreach.once import OnceMixin
from outreach.privacy.workspace import TrailReasonField


class ReasonForm(WorkspaceForm):
    """Closing a contact, or opening it again."""

    reason = TrailReasonField(
        label=_("Why?"),
        max_length=200,
        help_text=_("Read by the team lead and those who check the trail, not by others."),
    )


class AccessForm(OnceMixin, WorkspaceForm):
    """Letting one colleague in until a day."""

    colleague = forms.ModelChoiceField(label=_("Colleague"), queryset=None, empty_label=_("Choose"))
    until = forms.DateField(label=_("Until, that day included"), widget=DateInput)
    reason = TrailReasonField(
        label=_("Why?"), max_length=200, help_text=_("Read by everyone who may see the contact, the colleague too.")
    )

    def __init__(self, *args, contact, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["colleague"].queryset = colleagues().exclude(pk=contact.owner_id)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < self.today:
            raise forms.ValidationError(_("The day has passed."))
        if until > self.today + LONGEST:
            raise forms.ValidationError(A_YEAR_AT_MOST)
        return until
