"""What a registrant fills in about their own: an address, which seats to cancel, a colleague, how to be seen."""

from collections.abc import Sequence

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from events.door.own import Listed
from events.forms.registering import NOT_A_NAME
from events.models import Shown, person_key
from events.services.showing import initials
from outreach.design.forms import Consequence, PickSelect
from outreach.design.templatetags.design_tags import daydate
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin

ITSELF = _("This is you: the seat is yours already.")


class MailboxForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """The address somebody registered with."""

    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("The one you registered with."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail."),
            "invalid": _("Write your e-mail like this: name@example.org"),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = PublicFormHelper()
        self.helper.layout = Layout("email", Submit("send", _("Send me the link")))


class CancelSeveralForm(FormTokenMixin, forms.Form):
    """Which of the registrations at one address to cancel. All are ticked where all are one person's."""

    which = forms.MultipleChoiceField(
        label=_("Which ones do you want to cancel?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one."),
            "invalid_choice": _("One of them is not here any more. Look them over once more."),
        },
    )

    def __init__(self, *args, listed: Sequence[Listed], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["which"].choices = [(str(row.registration_id), told(row)) for row in listed]
        names = {row.name for row in listed}
        if len(names) == 1:
            self.initial["which"] = [str(row.registration_id) for row in listed]
        else:
            self.fields["which"].help_text = _("Several people have registered with this e-mail. See whose each is.")
        self.helper = PublicFormHelper()
        self.helper.layout = Layout("which", Submit("cancel", _("Cancel those I have ticked")))


def told(row: Listed) -> str:
    """Whose registration, for what and when."""
    return _("%(name)s: %(event)s, %(day)s") % {
        "name": row.name,
        "event": row.event.public_title,
        "day": daydate(row.event.starts_at),
    }


class SwapForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """Who is to have the seat; ``held_for`` is the kind of partner it is held for, ``own`` who has it now."""

    name = forms.CharField(
        label=_("Your colleague's name"),
        max_length=120,
        error_messages={"required": _("Write your colleague's name.")},
    )
    email = forms.EmailField(
        label=_("Your colleague's e-mail"),
        max_length=254,
        error_messages={
            "required": _("Write your colleague's e-mail."),
            "invalid": _("Write the e-mail like this: name@example.org"),
        },
    )
    same_kind = forms.BooleanField(
        error_messages={"required": _("The seat is held for them. Tick the box if it fits.")}
    )

    def __init__(self, *args, own, held_words, **kwargs):
        super().__init__(*args, **kwargs)
        self.own = own
        if held_words:
            label = _("My colleague comes from the same kind of place: %(kind)s.") % {"kind": held_words.lower()}
            self.fields["same_kind"].label = label
        else:
            del self.fields["same_kind"]
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(*self.fields, Submit("send", _("Offer my seat to my colleague")))

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())

    def clean(self):
        data = super().clean() or self.cleaned_data
        if NOT_A_NAME.search(self.own.name):
            raise forms.ValidationError(_("Correct your own name first: your colleague reads it in the mail."))
        if person_key(data.get("name", ""), data.get("email", "")) == person_key(self.own.name, self.own.email):
            self.add_error("name", ITSELF)
        return data


class ShownForm(FormTokenMixin, forms.Form):
    """How the others who come see one, each choice with what it would show."""

    shown = forms.ChoiceField(
        label=_("What may the other participants see?"),
        error_messages={"required": _("Choose what they may see.")},
    )

    def __init__(self, *args, name, organisation, **kwargs):
        super().__init__(*args, **kwargs)
        examples = {
            Shown.HIDDEN: _("You are not on the list."),
            Shown.INITIALS: initials(name),
            Shown.ORGANISATION: organisation or _("You have told us none, so nothing is shown."),
            Shown.FULL: ", ".join(filter(None, [name, organisation])),
        }
        consequences = {how.value: Consequence(text) for how, text in examples.items()}
        field = self.fields["shown"]
        field.choices, field.widget = Shown.choices, PickSelect(consequences=consequences)
        field.widget.choices = field.choices
        self.helper = PublicFormHelper()
        self.helper.layout = Layout("shown", Submit("save", _("Save my choice")))
