"""What a flooded form asks for: the e-mail, and nothing else."""

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin

BY_MAIL = "by_mail"  # what says that this form was sent, and not the one it stands for


class ByMailForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("We send a link to the form here."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail."),
            "invalid": _("Write your e-mail like this: name@example.org"),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PublicFormHelper()
        self.helper.layout = Layout("email", Submit(BY_MAIL, _("Send me the link")))


def for_address(form: forms.BaseForm, address: str) -> None:
    """Have a form behind such a link tell the address that the link was sent to, and no other."""
    field = form.fields["email"]
    field.initial, field.disabled = address, True
    field.help_text = _("The link came to this address. To use another one, ask for a link there.")
    form.initial["email"] = address
