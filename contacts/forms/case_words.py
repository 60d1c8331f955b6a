"""The list of words that suggest a case: one more, or some less."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceForm, WorkspaceModelForm
from outreach.places.folding import fold
from outreach.privacy.models import CaseWord


class WordForm(WorkspaceModelForm):
    asks_about_words = False

    class Meta:
        model = CaseWord
        fields = ["stem"]
        labels = {"stem": _("Add a word")}
        help_texts = {
            "stem": _(
                "Write the beginning, so that every ending is found: “radikaliseret”. It may be words in a row: "
                "“bekymret for”."
            )
        }

    def clean_stem(self):
        stem = " ".join(self.cleaned_data["stem"].split())
        folded = fold(stem)
        if len(folded) < 3:
            raise forms.ValidationError(_("Write at least three letters: a shorter beginning is found everywhere."))
        if CaseWord.objects.filter(folded=folded).exists():
            raise forms.ValidationError(_("The word is on the list already."))
        return stem


class FewerWordsForm(WorkspaceForm):
    words = forms.ModelMultipleChoiceField(
        label=_("Words on the list"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what to remove.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["words"].queryset = CaseWord.objects.all()
