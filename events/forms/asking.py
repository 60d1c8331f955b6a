"""The questions of an officer: how they are written, and how they stand in a registrant's form."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from events.forms.registering import SEND, RegistrationForm
from events.models import Question
from outreach.privacy.workspace import WorkspaceGuard

LONGEST_CHOICE = 100
MOST_CHOICES = 20


class QuestionForm(WorkspaceGuard, forms.ModelForm):
    """One question. ``answered``: somebody has, so the kind of answer stands."""

    asks_about_words = False  # the public reads it

    class Meta:
        model = Question
        fields = ["label", "help", "kind", "choices", "required", "keep_days"]
        widgets = {"choices": forms.Textarea({"rows": 4})}
        labels = {"label": _("What do you want to ask?"), "help": _("Help to answer it")}
        help_texts = {
            "label": _("Everybody who registers reads it. Ask only what you need for this event."),
            "help": _("Everybody who registers reads it: why you ask, or an example."),
            "choices": _("Only if one chooses. One answer on each line."),
            "keep_days": _("The form says so below the question."),
        }
        error_messages = {"label": {"required": _("Write the question.")}}

    def __init__(self, *args, answered=False, **kwargs):
        super().__init__(*args, **kwargs)
        if answered:
            self.fields["kind"].disabled = True
            self.fields["kind"].help_text = _("Somebody has answered. Stop asking, and add another, to change it.")
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            "label", "help", Row("kind", "keep_days"), "choices", "required", Submit("save", _("Save the question"))
        )

    def clean_choices(self):
        lines = dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines())
        options = [line for line in lines if line]
        if len(options) > MOST_CHOICES:
            raise forms.ValidationError(_("Write at most %(most)d answers.") % {"most": MOST_CHOICES})
        if any(len(option) > LONGEST_CHOICE for option in options):
            raise forms.ValidationError(
                _("Each answer can have at most %(most)d characters.") % {"most": LONGEST_CHOICE}
            )
        return "\n".join(options)

    def clean(self):
        data = super().clean()
        chooses = data.get("kind") in Question.CHOOSES
        options = data.get("choices", "").splitlines()
        if chooses and len(options) < 2 and "choices" not in self.errors:
            self.add_error("choices", _("Write at least two answers to choose from, one on each line."))
        if not chooses:
            data["choices"] = ""
        return data


def preview(event, kept_until):
    """The form as a visitor meets it, with nothing to send."""
    form = RegistrationForm(event=event, kept_until=kept_until)
    form.helper.form_tag = False
    form.helper.layout.fields = [part for part in form.helper.layout.fields if getattr(part, "template", "") != SEND]
    return form
