"""The officer's own words in mails about registrations."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.privacy.workspace import TrailReasonField, WorkspaceGuard


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


class MoveForm(WorkspaceGuard, forms.Form):
    """Another place in the queue, and why."""

    place = forms.IntegerField(label=_("New place in the queue"), min_value=1)
    reason = TrailReasonField(
        label=_("Why"),
        max_length=200,
        help_text=_("Kept in the trail. It is not sent to anybody."),
        error_messages={"required": _("Write why.")},
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"].max_value = waiting
        self.fields["place"].help_text = _("From 1 to %(last)d.") % {"last": waiting}
        self.fields["place"].widget.attrs |= {"max": waiting}
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout("place", "reason", Submit("move", _("Move")))

    def clean_place(self):
        place = self.cleaned_data["place"]
        if place > self.fields["place"].max_value:
            raise forms.ValidationError(_("Only %(last)d wait."), params={"last": self.fields["place"].max_value})
        return place
