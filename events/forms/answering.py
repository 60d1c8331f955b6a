"""The officer's own words in mails about registrations."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.privacy.workspace import WorkspaceGuard


class RefusalForm(WorkspaceGuard, forms.Form):
    """Why one who applied gets no seat."""

    answer = forms.CharField(
        label=_("Your words in the mail"),
        max_length=500,
        help_text=_("Read by the one who applied. Say why, and what they can do instead."),
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write what the mail is to say.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout("answer", Submit("send", _("Say no, and send the mail")))
