"""The words of one kind of mail in one language."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.accounts.models import User
from outreach.privacy.workspace import WorkspaceGuard

from .wording import SUBJECT_RULES, Wordable, Words, faults


class WordingForm(WorkspaceGuard, forms.Form):
    """Words for ``wordable``, by ``author``; ``seen`` is the version they had before them."""

    asks_about_words = False  # whoever registers reads it

    subject = forms.CharField(
        label=_("Subject"),
        max_length=120,
        help_text=_("Neutral: others may see it on a screen. It names the meeting by its neutral title."),
        error_messages={"required": _("Write a subject.")},
    )
    text = forms.CharField(
        label=_("Text of the mail"),
        max_length=5000,
        help_text=_("Who sends it, why it comes and whom to call is added at the foot."),
        widget=forms.Textarea({"rows": 20}),
        error_messages={"required": _("Write the text.")},
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, wordable: Wordable, author: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wordable, self.author = wordable, author

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n").replace("\r", "\n")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not {"subject", "text"} <= data.keys():
            return data
        words = self.words  # an error takes its field out of the cleaned data
        for fault in faults(self.wordable, words):
            self.add_error(fault.field, fault.message)
        for rule in SUBJECT_RULES:
            if reason := rule(words.subject, self.author):
                self.add_error("subject", reason)
        return self.cleaned_data

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["text"])
