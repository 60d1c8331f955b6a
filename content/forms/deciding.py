"""Why a change of a contact channel is rejected; a colleague reads it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.privacy.guard import GuardedFormMixin


class RejectForm(GuardedFormMixin, forms.Form):
    reason = forms.CharField(
        label=_("Why it should not be so"),
        max_length=300,
        help_text=_("Your colleague reads it."),
        error_messages={"required": _("Write why, so that your colleague knows what to change.")},
    )

    def clean_reason(self):
        return " ".join(self.cleaned_data["reason"].split())
