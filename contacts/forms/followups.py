"""What we promised, and a conversation we planned."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import SEEN_BY_COLLEAGUES, WorkspaceModelForm, due
from contacts.models import Dialogue, FollowUp, Snooze
from contacts.services.followups import keepers
from outreach.design.forms import DateInput, TimeInput
from outreach.design.templatetags.design_tags import longdate
from outreach.meanwhile import MeanwhileMixin
from outreach.once import OnceMixin

ELSEWHERE = _("It was changed while you had it open, perhaps by you in another window. Look again, then save again.")
NOBODY_KEEPS_IT = _("Choose who keeps it.")
NOT_THEIRS_TO_SEE = _("Choose a colleague who may see the contact.")
LENGTH = [
    validator(limit, _("A conversation lasts a minute at least and a day at most."))
    for validator, limit in ((MinValueValidator, 1), (MaxValueValidator, 1440))
]


class FollowUpForm(MeanwhileMixin, OnceMixin, WorkspaceModelForm):
    class Meta:
        model = FollowUp
        fields = [
            "title",
            "due_on",
            "owner",
            "priority",
            "waiting_for",
            "starts_at",
            "minutes",
            "kind",
            "place",
        ]
        labels = {
            "title": _("What did you promise, or plan?"),
            "due_on": _("Day"),
            "owner": _("Who keeps it?"),
            "priority": _("How much does it matter?"),
            "waiting_for": _("Waiting for"),
            "starts_at": _("Time"),
            "minutes": _("Minutes"),
            "kind": _("How"),
            "place": _("Place"),
        }
        help_texts = {
            "title": SEEN_BY_COLLEAGUES,
            "owner": _("It stands in the day of whoever keeps it. Nobody gets a mail."),
            "waiting_for": _("Somebody or something it cannot be kept without."),
        }
        error_messages = {"owner": {"required": NOBODY_KEEPS_IT, "invalid_choice": NOT_THEIRS_TO_SEE}}
        widgets = {"due_on": DateInput, "starts_at": TimeInput}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["minutes"].validators += LENGTH
        self.fields["owner"].queryset = keepers(self.instance, today=today)
        self.fields["priority"].required = False
        self.fields["kind"].choices = [("", _("Not decided")), *Dialogue.Kind.choices]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True
        self.helper.layout = Layout(
            "title",
            Row("due_on", "priority"),
            Row("owner", "waiting_for"),
            Fieldset(_("If it is a conversation with a time"), Row("starts_at", "minutes"), Row("kind", "place")),
        )

    def how_it_changed(self):
        return ELSEWHERE

    def clean_due_on(self):
        return due(self.cleaned_data["due_on"], self.today)

    def clean(self):
        cleaned = super().clean()
        meeting = [cleaned.get(name) for name in ("minutes", "kind", "place")]
        if any(meeting) and not cleaned.get("starts_at") and "starts_at" not in self.errors:
            self.add_error("starts_at", forms.ValidationError(_("Write when the conversation begins.")))
        return cleaned


class SnoozeForm(MeanwhileMixin, WorkspaceModelForm):
    """The version it carries is the follow-up's."""

    unmarked = MeanwhileMixin.unmarked | {"until", "reason"}

    class Meta:
        model = Snooze
        fields = ["until", "reason"]
        labels = {"until": _("Put off until"), "reason": _("Why?")}
        help_texts = {"reason": SEEN_BY_COLLEAGUES}
        widgets = {"until": DateInput}
        error_messages = {"reason": {"required": _("Write why it is put off.")}}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    @property
    def row(self):
        return self.instance.follow_up

    def how_it_changed(self):
        day = longdate(self.row.due_on)
        return _("It was changed meanwhile, and is due on %(day)s now. Save again to put it off.") % {"day": day}

    def clean(self):
        if self.row.done_at:
            raise forms.ValidationError(_("It is done. Open it again before you put it off."))
        return super().clean()

    def clean_until(self):
        until = due(self.cleaned_data["until"], self.today)
        if until <= self.instance.was_due:
            raise forms.ValidationError(_("Choose a day later than the one it was due."))
        if until < self.today:
            raise forms.ValidationError(_("The day has passed."))
        return until


class OutcomeForm(MeanwhileMixin, WorkspaceModelForm):
    """How it went with something promised."""

    class Meta:
        model = FollowUp
        fields = ["outcome", "outcome_text"]
        labels = {"outcome": _("How did it go?"), "outcome_text": _("What came of it?")}
        help_texts = {"outcome_text": SEEN_BY_COLLEAGUES}
        widgets = {"outcome": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = True
        self.fields["outcome"].choices = FollowUp.Outcome.choices
        self.fields["outcome"].error_messages["required"] = _("Choose how it went.")

    def how_it_changed(self):
        return ELSEWHERE
