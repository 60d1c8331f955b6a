"""Whether a colleague wants the daily mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DailyMailForm(forms.Form):
    wanted = forms.TypedChoiceField(
        label=_("Do you want the daily mail?"),
        choices=[("no", _("No, I look in the workspace")), ("yes", _("Yes, send it to me on working days"))],
        widget=forms.RadioSelect,
        coerce=lambda answer: answer == "yes",
        error_messages={"required": _("Choose yes or no.")},
    )
