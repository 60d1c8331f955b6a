"""What the owner of an entry or a channel may write about it."""

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin


class NoteForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """What is wrong; an editor reads it and changes the text."""

    note = forms.CharField(
        label=_("What should be changed?"),
        help_text=_("Our editors read it. Do not write about individuals."),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write what should be changed.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PublicFormHelper()
        self.helper.layout = Layout("note", Submit("send", _("Send it to the editors"), css_class="button-secondary"))
