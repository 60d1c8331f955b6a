"""What a registrant may say is wrong in what is held about them."""

from crispy_forms.layout import HTML, Div, Layout, Submit
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from events.models import Correction
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin

ONE_LINE = ("name", "phone", "organisation", "role")


class CorrectionForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """``held`` is what the registration says; only what differs from it is a proposal, and what is to be removed.

    Each field that may be empty has a box of its own for that, whether we hold anything or not: a blank one changes
    nothing, and the page tells nobody what else we hold.
    """

    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": _("Write your e-mail like this: name@example.org")},
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("If we may call you."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    organisation = forms.CharField(
        label=_("Workplace or association"),
        max_length=140,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    role = forms.CharField(
        label=_("Your role"),
        max_length=140,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    remove_email = forms.BooleanField(label=_("Remove the e-mail you have"), required=False)
    remove_phone = forms.BooleanField(label=_("Remove the phone number you have"), required=False)
    remove_organisation = forms.BooleanField(label=_("Remove the workplace or association you have"), required=False)
    remove_role = forms.BooleanField(label=_("Remove the role you have"), required=False)
    note = forms.CharField(
        label=_("What else is wrong?"),
        help_text=_("Read by the officers of the centre. Do not write about individuals."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, held, kept, **kwargs):
        super().__init__(*args, initial=held, **kwargs)
        self.held = held
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(
            "name",
            *(Div(name, f"remove_{name}", css_class="and-remove") for name in Correction.REMOVABLE),
            "note",
            HTML(render_to_string("events/_correction_kept.html", {"kept": kept})),
            Submit("send", _("Send the correction")),
        )

    def clean(self):
        data = super().clean() or self.cleaned_data
        for name in ONE_LINE:
            if isinstance(data.get(name), str):
                data[name] = " ".join(data[name].split())
        for name in self.removed:
            if data.get(name) not in (None, "", self.held.get(name)):
                self.add_error(name, _("Write a new one, or have the old one removed: not both."))
        if not self.errors and not any(self.changes.values()):
            raise forms.ValidationError(_("Nothing is changed yet. Write what is wrong, or go back."))
        return data

    @property
    def changes(self):
        """What is proposed: blank where it is as it was."""
        told = {name: self.cleaned_data.get(name, "") for name in (*ONE_LINE, "email", "note")}
        changed = {name: "" if value == self.held.get(name, "") else value for name, value in told.items()}
        return changed | dict.fromkeys(self.removed, "") | {"removes": ",".join(self.removed)}

    @property
    def removed(self):
        return [name for name in Correction.REMOVABLE if self.cleaned_data.get(f"remove_{name}")]
