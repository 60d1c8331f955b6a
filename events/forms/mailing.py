"""The officer's words above a mail that is sent again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.once import OnceMixin
from outreach.privacy.workspace import WorkspaceGuard


class PrefaceForm(OnceMixin, WorkspaceGuard, forms.Form):
    """What the mail says first; ``read`` holds the words that stood in the preview, so that none goes out unread."""

    asks_about_words = False  # participants read it

    preface = forms.CharField(
        label=_("Your words above the mail"),
        max_length=1000,
        help_text=_("Say why the mail comes once more. Everybody who gets it reads this first."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Write why the mail comes once more.")},
    )

    def is_read(self) -> bool:
        """Whether these very words were shown in the preview."""
        return self.data.get("read", "").split() == self.cleaned_data["preface"].split()
