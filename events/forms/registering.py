"""What people fill in about a registration, on the public site and at an officer's desk."""

import re

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, LayoutObject, Row, Submit
from django import forms
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from events.forms.answers import AnswersMixin
from events.forms.by_mail import for_address
from events.forms.colleagues import MOST, TOO_MANY, colleagues, one_more, typed
from events.models import Event, Mode, PartnerKind, Sector, person_key
from events.seat_words import seat_words
from outreach.design.forms import Consequence, PickSelect
from outreach.design.templatetags.design_tags import longdate
from outreach.design.templatetags.fds_tags import CALM
from outreach.once import OnceMixin
from outreach.privacy.forms import FormTokenMixin, PublicFormHelper
from outreach.privacy.guard import GuardedFormMixin
from outreach.privacy.workspace import WorkspaceGuard
from outreach.sealing.fields import Unreadable


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


class Part(LayoutObject):
    """A part of the form with a template of its own."""

    def __init__(self, template):
        self.template = template

    def render(self, form, context, **_options):
        return render_to_string(self.template, {"form": form})


SEND = "events/_send.html"
NOT_A_NAME = re.compile(r"[/@:<>\\]|www\.|\d{3}")  # it stands in the mails to the colleagues
LOOK = _("Something is missing or wrong about a colleague.")
TWICE = _("This colleague stands here twice.")
FILLED = _("The meeting filled while you were writing. Send the form again to join the waiting list.")


class RegistrationForm(FormTokenMixin, AnswersMixin, RegistrantForm):
    """A visitor's proposal. ``kept_until`` says in words until when the details are kept.

    Behind a link that was mailed ``address`` is whom it was mailed to.

    The form remembers in which modes it promised a seat: when there is none left since, it says so once.
    """

    hoped_for = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, event, kept_until, address="", **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.address = event, address
        self.kept_until = kept_until
        self.colleagues = colleagues(event, self.data if self.is_bound else None)
        self.fields |= choices_of(event)
        self.ask(event.asked)
        self.initial["hoped_for"] = " ".join(event.modes_with_seats)
        if address:
            for_address(self, address)
        consent = self.fields["consent"]
        consent.label = _("You may keep my details for this event until %(day)s.") % {"day": kept_until}
        consent.error_messages["required"] = _("Tick the box, so that we may keep your details for this event.")

    @cached_property
    def helper(self):
        """How it is laid out; whoever sends it whole sees none of it."""
        helper = PublicFormHelper()
        helper.layout = Layout(
            *[name for name in CHOICES if name in self.fields],
            "name",
            "email",
            Row("organisation", "role"),
            "needs",
            *self.question_names,
            HTML(render_to_string("events/_not_about_others.html")),
            "consent",
            Part("events/_colleagues.html"),
            Part(SEND),
        )
        return helper

    def clean(self):
        data = super().clean()
        mode = data.get("mode") or self.event.modes[0]
        hoped = mode in data.get("hoped_for", "").split()
        if hoped and not self.event.has_seat_for(mode, data.get("partner_kind", "")):
            self.add_error(None, forms.ValidationError(FILLED, code="filled"))
            self._put("hoped_for", " ".join(self.event.modes_with_seats))
        self.look_at_colleagues(data)
        return data

    def look_at_colleagues(self, data):
        """Say at their fields what is wrong about colleagues, and at one's own name what they must not read there."""
        rows = self.colleagues
        if rows.is_bound and not rows.is_valid():
            whole = rows.non_form_errors()
            self.add_error(None, list(whole) if whole else forms.ValidationError(LOOK, CALM))
            return
        seen = {person_key(data.get("name", ""), data.get("email", ""))}
        for row in rows.forms if rows.is_bound else []:
            if row.cleaned_data:
                key = person_key(row.cleaned_data["name"], row.cleaned_data["email"])
                if key in seen:
                    row.add_error("name", TWICE)
                    self.add_error(None, forms.ValidationError(TWICE, CALM))
                seen.add(key)
        if rows.people and NOT_A_NAME.search(data.get("name", "")):
            self.add_error("name", _("Write only your name: your colleagues read it in the mail."))

    @property
    def shown_besides(self):
        """Fields of other forms that stand in this one: the summary of mistakes leads to them."""
        return self.colleagues.fields

    def with_one_more(self):
        """The same form, unsent, with all that was typed and room for one colleague more; with ten it says so."""
        if len(self.colleagues.forms) >= MOST:
            self.add_error(None, TOO_MANY % {"num": MOST})
            return self
        form = type(self)(event=self.event, kept_until=self.kept_until, address=self.address)
        form.initial |= typed(self) | ({"email": self.address} if self.address else {})
        form.colleagues = one_more(self.event, self.colleagues)
        return form


class ChangeForm(FormTokenMixin, AnswersMixin, DetailsForm):
    """What a registrant may correct through the personal link."""

    name = RegistrantForm.base_fields["name"]

    def __init__(self, *args, questions, answers, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask(questions, own=answers)
        self.fields["needs"].disabled = isinstance(self.initial.get("needs"), Unreadable)
        self.helper = PublicFormHelper()
        self.helper.layout = Layout(
            "name", Row("organisation", "role"), "needs", *self.question_names, Submit("save", _("Save the details"))
        )

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class OfficerRegistrationForm(OnceMixin, WorkspaceGuard, AnswersMixin, RegistrantForm):
    """Somebody who phoned or wrote; without an address they get no mail."""

    language = forms.ChoiceField(
        label=_("Which language do they read?"), choices=Event._meta.get_field("language").choices, required=False
    )

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= choices_of(event)
        self.ask(event.asked)
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
        self.initial["language"] = event.language
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
            "language",
            Row("organisation", "role"),
            "needs",
            *self.question_names,
            "consent",
            Submit("save", _("Register somebody")),
        )
