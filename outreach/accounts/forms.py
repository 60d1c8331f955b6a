"""The sign-in forms of django-allauth in our words: a label above each field, nothing inside it."""

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import passkeys, throttle
from .access import password_is_enough
from .codes import authenticator_of
from .models import User
from .trail import note_failure

CODE = (_("Code"), _("Six digits from the app on your phone."))
NEW_PASSWORD = (
    _("New password"),
    _("At least 15 characters. Four words that have nothing to do with each other are good."),
)
NEW_PASSWORD_AGAIN = (_("New password again"), "")
PASSWORD = (_("Password"), "")


class InOurWords:
    """Gives fields our label and hint. ``texts``: field name -> (label, hint)."""

    texts: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label, field.help_text = self.texts.get(name, (field.label, field.help_text))
            field.widget.attrs.pop("placeholder", None)


class SignInForm(InOurWords, account.LoginForm):
    texts = {"login": (_("E-mail"), ""), "password": PASSWORD}

    @property
    def password_alone(self) -> bool:
        """Whether these settings let a password alone in: only those of development do."""
        return password_is_enough()


class AskForPasswordForm(InOurWords, account.ResetPasswordForm):
    texts = {"email": (_("E-mail"), "")}

    def clean_email(self):
        throttle.begin(throttle.for_a_link(context.request, self.cleaned_data["email"]))
        return super().clean_email()


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    texts = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    texts = {
        "oldpassword": (_("Current password"), ""),
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD_AGAIN,
    }

    def clean_oldpassword(self):
        tried = throttle.by_password(context.request, self.user.email)
        throttle.begin(tried)
        password = super().clean_oldpassword()
        throttle.passed(tried)
        return password


class PasswordAgainForm(InOurWords, account.ReauthenticateForm):
    texts = {"password": PASSWORD}


class CodeFieldMixin(InOurWords):
    """A code is digits: phones show the right keys, and the phone may offer to fill it in."""

    texts = {"code": CODE}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs.update(inputmode="numeric", autocomplete="one-time-code")


class ShownCodeMixin(CodeFieldMixin):
    """A code that opens once, and is guessed no faster from many places than from one."""

    texts = {"code": (_("Code"), _("Six digits from the app on your phone, or one of your recovery codes."))}

    def clean_code(self):
        tried = throttle.by_code(context.request, self.user)
        throttle.begin(tried)
        code = self.cleaned_data["code"]
        self.authenticator = authenticator_of(self.user, code)
        if self.authenticator is None:
            note_failure(context.request, self.user, "code")
            raise get_adapter().validation_error("incorrect_code")
        throttle.passed(tried)
        return code


class CodeForm(ShownCodeMixin, mfa.AuthenticateForm):
    pass


class CodeAgainForm(ShownCodeMixin, mfa.ReauthenticateForm):
    pass


class PasskeyMixin:
    """What the browser says a passkey answered, from a page of ours; never twice, and from no copy."""

    def clean_credential(self):
        credential = self.cleaned_data["credential"]
        try:
            with passkeys.refusing():
                passkeys.refuse_foreign(credential)
                authenticator = super().clean_credential()
                passkeys.refuse_copy(authenticator, credential)
        except ValidationError:
            note_failure(context.request, self.user, "passkey")
            raise
        return authenticator


class PasskeyForm(PasskeyMixin, webauthn.AuthenticateWebAuthnForm):
    """After the password."""


class PasskeyAloneForm(PasskeyMixin, webauthn.LoginWebAuthnForm):
    """In place of password and code."""


class PasskeyAgainForm(PasskeyMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class NewPasskeyForm(InOurWords, webauthn.AddWebAuthnForm):
    texts = {
        "name": (_("What do you call it?"), _("So that you know it again, for example “Work laptop”.")),
    }
    passwordless = None

    def clean_name(self):
        return super().clean_name()[:60]

    def clean(self):
        with passkeys.refusing():
            passkeys.refuse_foreign(self.cleaned_data.get("credential"))
            return super().clean()


class FirstCodeForm(CodeFieldMixin, ActivateTOTPForm):
    @property
    def spelt_secret(self) -> str:
        """The key in groups of four, as one types it from a screen."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class LanguageForm(forms.ModelForm):
    """The language of the workspace, for the one who asks."""

    class Meta:
        model = User
        fields = ["language"]
        widgets = {"language": forms.RadioSelect}
