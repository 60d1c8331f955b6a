"""What somebody who is invited fills in: who comes, why not, or who could come instead."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Row, Submit
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from events.forms.answers import AnswersMixin
from events.forms.registering import CHOICES, FILLED, NOT_A_NAME, RegistrantForm, choices_of
from events.models import Invitation, Question
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin


class InvitedForm(FormTokenMixin, AnswersMixin, RegistrantForm):
    """A yes. With a link for one person the address stands; with one for several each gives their own.

    The event comes with its seats. The form remembers in which modes it promised a seat: when there is none left
    since, it says so once.
    """

    hoped_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, invitation: Invitation, questions: Iterable[Question], kept_until: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.event = event = invitation.event
        self.fields |= choices_of(event)
        self.ask(questions)
        self.initial |= {"name": "" if invitation.is_free else invitation.name}
        self.initial["hoped_for"] = " ".join(event.modes_with_seats)
        if not invitation.is_free:
            del self.fields["email"]
        consent = self.fields["consent"]
        consent.label = _("You may keep my details for this event until %(day)s.") % {"day": kept_until}
        consent.error_messages["required"] = _("Tick the box, so that we may keep your details for this event.")
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(
            *[name for name in (*CHOICES, "name", "email") if name in self.fields],
            Row("organisation", "role"),
            "needs",
            *self.question_names,
            HTML(render_to_string("events/_not_about_others.html")),
            "consent",
            Submit("accept", self.button(invitation)),
        )

    def button(self, invitation: Invitation) -> Any:
        if invitation.is_free:
            return _("Send me a mail so that I can confirm")
        return _("Yes, I am coming") if self.event.modes_with_seats else _("Join the waiting list")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        mode = data.get("mode") or self.event.modes[0]
        hoped = mode in data.get("hoped_for", "").split()
        if hoped and not self.event.has_seat_for(mode, data.get("partner_kind", "")):
            self.add_error(None, forms.ValidationError(FILLED, code="filled"))
            self._put("hoped_for", " ".join(self.event.modes_with_seats))
        return data


class DeclineForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """A no, with words or without."""

    words = forms.CharField(
        label=_("Would you like to say why?"),
        help_text=_("Read by those who hold the meeting. Do not write about individuals."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = PublicFormHelper()
        self.helper.layout = Layout("words", Submit("decline", _("No, I am not coming")))


class AnotherForm(FormTokenMixin, GuardedFormMixin, forms.Form):
    """Who could come instead. Their name stands in a mail of ours: it can be nothing but a name."""

    name = forms.CharField(label=_("Their name"), max_length=120, error_messages={"required": _("Write the name.")})
    email = forms.EmailField(
        label=_("Their e-mail"),
        max_length=254,
        help_text=_("We invite them in a mail of their own. They decide themselves."),
        error_messages={
            "required": _("Write the e-mail."),
            "invalid": _("Write the e-mail like this: name@example.org"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = PublicFormHelper()
        self.helper.layout = Layout("name", "email", Submit("another", _("Invite them instead of me")))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if NOT_A_NAME.search(name):
            raise forms.ValidationError(_("Write only the name: it stands in the mail to them."))
        return name
