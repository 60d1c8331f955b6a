"""What we promised, and a conversation we planned."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import SEEN_BY_COLLEAGUES, WorkspaceModelForm
from contacts.models import Dialogue, FollowUp
from outreach.design.forms import DateInput, TimeInput
from outreach.once import OnceMixin


class FollowUpForm(OnceMixin, WorkspaceModelForm):
    class Meta:
        model = FollowUp
        fields = ["title", "due_on", "starts_at", "minutes", "kind", "place"]
        labels = {
            "title": _("What did you promise, or plan?"),
            "due_on": _("Day"),
            "starts_at": _("Time"),
            "minutes": _("Minutes"),
            "kind": _("How"),
            "place": _("Place"),
        }
        help_texts = {"title": SEEN_BY_COLLEAGUES}
        widgets = {"due_on": DateInput, "starts_at": TimeInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Not decided")), *Dialogue.Kind.choices]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True
        self.helper.layout = Layout(
            "title",
            "due_on",
            Fieldset(_("If it is a conversation with a time"), Row("starts_at", "minutes"), Row("kind", "place")),
        )

    def clean(self):
        cleaned = super().clean()
        meeting = [cleaned.get(name) for name in ("minutes", "kind", "place")]
        if any(meeting) and not cleaned.get("starts_at") and "starts_at" not in self.errors:
            self.add_error("starts_at", forms.ValidationError(_("Write when the conversation begins.")))
        return cleaned
