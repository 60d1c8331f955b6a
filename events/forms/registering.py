"""What people fill in about a registration, on the public site and at an officer's desk."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Row, Submit
from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from events.forms.answers import AnswersMixin
from events.models import Event, Mode, PartnerKind, Sector
from events.seat_words import seat_words
from outreach.design.forms import Consequence, PickSelect
from outreach.design.templatetags.design_tags import longdate
from outreach.once import OnceMixin
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin
from outreach.privacy.workspace import WorkspaceGuard


class DetailsForm(GuardedFormMixin, forms.Form):
    """What one may also correct later: where one comes from, and what one needs."""

    organisation = forms.CharField(
        label=_("Workplace or association"),
        max_length=140,
        widget=forms.TextInput({"autocomplete": "organization"}),
        error_messages={"required": _("Write your workplace or association.")},
    )
    role = forms.CharField(
        label=_("Your role"),
        max_length=140,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    needs = forms.CharField(
        label=_("Do you need anything special?"),
        help_text=_("Food, access, an interpreter. It is deleted 14 days after the meeting and kept nowhere else."),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class RegistrantForm(DetailsForm):
    """Who comes."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("We send the confirmation and a calendar file here."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail."),
            "invalid": _("Write your e-mail like this: name@example.org"),
        },
    )
    consent = forms.BooleanField()

    field_order = ["name", "email", "organisation", "role", "needs", "consent"]

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


CHOICES = ("mode", "partner_kind", "sector")


def choices_of(event):
    """The fields with which one chooses a seat: only where there is a choice."""
    fields = {}
    if len(event.modes) > 1:
        fields["mode"] = forms.ChoiceField(
            label=_("How will you take part?"),
            choices=Mode.choices,
            widget=PickSelect(consequences={mode: consequence(event, mode) for mode in event.modes}),
            error_messages={"required": _("Choose how you will take part.")},
        )
    if event.held_now:
        kinds = ", ".join(str(pool.get_kind_display()).lower() for pool in event.held_now)
        fields["partner_kind"] = forms.ChoiceField(
            label=_("Where do you come from?"),
            help_text=_("Some seats are held until %(day)s for: %(kinds)s.")
            % {"day": longdate(event.held_now[0].release_at), "kinds": kinds},
            choices=[("", _("Something else, or I would rather not say")), *PartnerKind.choices],
            required=False,
        )
    if event.kind == Event.Kind.COURSE:
        fields["sector"] = forms.ChoiceField(
            label=_("Which sector do you work in?"),
            choices=[("", _("Choose a sector")), *Sector.choices],
            error_messages={"required": _("Choose the sector you work in.")},
        )
    return fields


def consequence(event, mode):
    """What follows from taking part in this mode: a seat, or a place in the queue."""
    left, waiting = event.seats.left_for(mode), event.seats.waiting_in(mode)
    if left:
        kind, words = seat_words(left, waiting)
        return Consequence(state=words, kind=kind)
    number = _("You will be number %(number)d. We write to you when there is a seat.") % {"number": waiting + 1}
    return Consequence(number, _("Waiting list"), "waiting")


FILLED = _("The meeting filled while you were writing. Send the form again to join the waiting list.")


class RegistrationForm(FormTokenMixin, AnswersMixin, RegistrantForm):
    """A visitor's proposal. ``kept_until`` says in words until when the details are kept.

    The form remembers in which modes it promised a seat: when there is none left since, it says so once.
    """

    hoped_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, event, kept_until, **kwargs):
        super().__init__(*args, **kwargs)
        self.event = event
        self.fields |= choices_of(event)
        self.ask(event.questions.asked())
        self.initial["hoped_for"] = " ".join(event.modes_with_seats)
        consent = self.fields["consent"]
        consent.label = _("You may keep my details for this event until %(day)s.") % {"day": kept_until}
        consent.error_messages["required"] = _("Tick the box, so that we may keep your details for this event.")
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(
            *[name for name in CHOICES if name in self.fields],
            "name",
            "email",
            Row("organisation", "role"),
            "needs",
            *self.question_names,
            HTML(render_to_string("events/_not_about_others.html")),
            "consent",
            Submit("send", _("Send me a mail so that I can confirm")),
        )

    def clean(self):
        data = super().clean()
        mode = data.get("mode") or self.event.modes[0]
        hoped = mode in data.get("hoped_for", "").split()
        if hoped and not self.event.has_seat_for(mode, data.get("partner_kind", "")):
            self.add_error(None, forms.ValidationError(FILLED, code="filled"))
            self._put("hoped_for", " ".join(self.event.modes_with_seats))
        return data


class ChangeForm(FormTokenMixin, AnswersMixin, DetailsForm):
    """What a registrant may correct through the personal link."""

    def __init__(self, *args, questions, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(questions, own=answers)
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(
            Row("organisation", "role"), "needs", *self.question_names, Submit("save", _("Save the details"))
        )


class OfficerRegistrationForm(OnceMixin, WorkspaceGuard, AnswersMixin, RegistrantForm):
    """Somebody who phoned or wrote; without an address they get no mail."""

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= choices_of(event)
        self.ask(event.questions.asked())
        asked = {
            "mode": _("How will they take part?"),
            "partner_kind": _("Where do they come from?"),
            "sector": _("Which sector do they work in?"),
        }
        for name in CHOICES:
            if name in self.fields:
                self.fields[name].label = asked[name]
        for name in ["sector", *self.question_names]:
            if name in self.fields:
                self.fields[name].required = False
        self.fields["email"].required = False
        self.fields["email"].help_text = _("No address? Leave it out: then nobody gets a mail.")
        self.fields["name"].error_messages["required"] = _("Write the name.")
        self.fields["organisation"].required = False
        self.fields["role"].label = _("Role")
        self.fields["needs"].label = _("What they need")
        self.fields["consent"].label = _("The person has agreed that we keep the details for this event")
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            *[name for name in CHOICES if name in self.fields],
            "name",
            "email",
            Row("organisation", "role"),
            "needs",
            *self.question_names,
            "consent",
            Submit("save", _("Register somebody")),
        )
