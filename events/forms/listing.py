"""From when those who come see who else does."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.privacy.workspace import WorkspaceGuard


class ListingForm(WorkspaceGuard, forms.Form):
    """How many days before the event the list is shown; left out, it never is."""

    list_days_before = forms.IntegerField(
        label=_("How many days before the event?"),
        required=False,
        min_value=0,
        max_value=60,
        help_text=_(
            "Participants see the list from then until the event ends. 0 is the day itself. "
            "If left out, nobody sees it."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout("list_days_before", Submit("save", _("Save")))
