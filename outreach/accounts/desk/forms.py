"""What an administrator writes about a colleague."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.accounts.models import User
from outreach.meanwhile import MeanwhileMixin
from outreach.once import OnceMixin
from outreach.privacy.workspace import TrailReasonField, WorkspaceGuard

ROLES = _("It says which pages open. It holds from the next page they open.")
IN_USE = _("There is an account with this e-mail already.")


class AccountForm(WorkspaceGuard, forms.ModelForm):
    """Name, role, language and teams."""

    asks_about_words = False  # every colleague reads them

    class Meta:
        model = User
        fields = ["name", "role", "teams", "language"]
        widgets = {"teams": forms.CheckboxSelectMultiple, "language": forms.RadioSelect}
        help_texts = {"name": _("As colleagues and the mails to partners name them."), "role": ROLES}

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class NewColleagueForm(OnceMixin, AccountForm):
    class Meta(AccountForm.Meta):
        fields = ["name", "email", "role", "teams", "language"]
        help_texts = AccountForm.Meta.help_texts | {
            "email": _("Their own work e-mail. They sign in by it, and it cannot be changed later.")
        }
        error_messages = {"email": {"unique": IN_USE}}

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(IN_USE)
        return email


class ColleagueForm(MeanwhileMixin, AccountForm):
    """``own``: an administrator's own account, whose role another one changes."""

    def __init__(self, *args: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            del self.fields["role"]


class LostFactorForm(WorkspaceGuard, forms.Form):
    """Why the second factor of a colleague is to go."""

    reason = TrailReasonField(
        label=_("What has happened, and how do you know that it is them?"),
        max_length=200,
        help_text=_("Read by the other administrators and those who check the trail. Name nobody."),
        error_messages={"required": _("Write what has happened.")},
    )
