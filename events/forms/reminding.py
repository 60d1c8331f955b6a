"""When those who come are reminded, and in which words."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Reminder
from outreach.privacy.workspace import WorkspaceGuard


class ReminderForm(WorkspaceGuard, forms.ModelForm):
    """A reminder of ``event``; only one that lies ahead at ``now`` can be planned.

    ``read`` is sent along once the page has shown how the reminder reads: what it has shown.
    """

    asks_about_words = False  # participants read it

    class Meta:
        model = Reminder
        fields = ["days", "anchor", "words"]
        widgets = {"anchor": forms.Select, "words": forms.Textarea({"rows": 4})}
        error_messages = {"days": {"required": _("Write how many days.")}}
        help_texts = {"words": _("Read by everybody who comes. The facts and the personal link are added.")}

    def __init__(self, *args, event, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.event = event
        self.now = now
        self.fields["days"].min_value = 1
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(Row("days", "anchor"), "words")

    def clean_days(self):
        days = self.cleaned_data["days"]
        if not 1 <= days <= 90:
            raise forms.ValidationError(_("From 1 to 90 days."))
        return days

    def clean(self):
        data = super().clean()
        if "days" not in self.errors and "anchor" in data:
            planned = Reminder(event=self.instance.event, anchor=data["anchor"], days=data["days"])
            if planned.due_at <= self.now:
                self.add_error("days", _("That day has passed."))
            elif planned.event.reminders.filter(anchor=planned.anchor, days=planned.days).exists():
                self.add_error("days", _("There is a reminder for that day already."))
        return data

    @property
    def shown(self):
        """What somebody has read who has read this reminder."""
        data = self.cleaned_data
        return f"{data['days']} {data['anchor']} {' '.join(data['words'].split())}"

    def is_read(self):
        return self.data.get("read") == self.shown
