"""A person or an organisation: what is kept about them, and why."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import (
    NOT_IN_THE_FUTURE,
    SEEN_BY_COLLEAGUES,
    WorkspaceModelForm,
    colleagues,
    rhythm_choices,
)
from contacts.forms.belongings import BelongingsMixin
from contacts.forms.duplicates import DuplicatesMixin
from contacts.forms.rows import ADDRESSES, EMAILS, NAMES, PHONES
from contacts.forms.words import (
    NOT_ABOVE,
    CompanyNumberField,
    KindField,
    LanguagesField,
    UmbrellaField,
    umbrella_picks,
)
from contacts.models import Organisation, Person
from contacts.services.keeping import keep
from contacts.services.meanwhile import ChangedMeanwhile
from contacts.services.teams import usual_team
from contacts.services.umbrellas import NotAbove
from outreach.design.forms import DateInput
from outreach.meanwhile import A_MOMENT_AGO, MeanwhileMixin
from outreach.once import OnceMixin

ENDS = _("Needed when the status is “ended”.")


class ContactForm(MeanwhileMixin, DuplicatesMixin, BelongingsMixin, OnceMixin, WorkspaceModelForm):
    """What people and organisations share. Only the owner may hand a contact over."""

    shared = ("name", "rhythm_weeks", "remember", "status", "ended_on", "team", "owner", "source", "purpose")
    shared += ("informed_on",)

    language = LanguagesField(label=_("Languages"), required=False, help_text=_("For example: Danish, Somali."))
    rhythm_weeks = forms.TypedChoiceField(
        label=_("How often did you agree to talk?"), required=False, coerce=int, empty_value=None
    )

    class Meta:
        labels = {"interpreter": _("Needs an interpreter"), "owner": _("Owner"), "status": _("Status")}
        labels |= {"ended_on": _("Last day"), "salutation": _("Salutation")}
        widgets = {"informed_on": DateInput, "ended_on": DateInput}
        widgets |= {"name": forms.TextInput(attrs={"dir": "auto"})}
        help_texts = {"remember": SEEN_BY_COLLEAGUES, "ended_on": ENDS}

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.today = user, today
        self.fields["rhythm_weeks"].choices = rhythm_choices(self.instance.rhythm_weeks)
        self.fields["status"].required = False
        self.fields["team"].queryset = user.teams.all()
        self.fields["team"].empty_label = _("None")
        if self.instance._state.adding:
            self.instance.owner = user
            self.fields["team"].empty_label = _("The team of the municipality, or mine")
        else:
            self.initial["language"] = ", ".join(map(str, self.instance.languages.all()))
        if self.instance.owner_id == user.pk and not self.instance._state.adding:
            self.fields["owner"].queryset = colleagues()
        else:
            del self.fields["owner"]
        if self.instance.team_id and not self.instance.team.members.filter(pk=user.pk).exists():
            del self.fields["team"]
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True
        self.helper.layout = Layout(*self.parts())

    def parts(self) -> list[Fieldset]:
        """How to reach them, keeping in touch, and why; a field the reader may not change is left out."""
        keeping = [name for name in ("rhythm_weeks", "team", "owner") if name in self.fields]
        places = ["main_address"] if "main_address" in self.fields else []
        return [
            Fieldset(_("How to reach them"), *self.lines(EMAILS), *self.lines(PHONES), "preferred"),
            Fieldset(_("Where they are"), *self.lines(ADDRESSES), *places),
            Fieldset(_("Keeping in touch"), *keeping, Row("status", "ended_on"), "remember"),
            Fieldset(_("Why we keep the details"), "source", "purpose", "informed_on"),
        ]

    def clean_status(self):
        return self.cleaned_data["status"] or self.instance.status

    def clean_informed_on(self):
        return self._not_to_come("informed_on")

    def clean_ended_on(self):
        return self._not_to_come("ended_on")

    def _not_to_come(self, name):
        day = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(NOT_IN_THE_FUTURE)
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") != self.instance.Status.ENDED:
            cleaned["ended_on"] = None
        elif not cleaned.get("ended_on") and "ended_on" not in self.errors:
            self.add_error("ended_on", _("Write the day it ended, or choose another status."))
        return cleaned

    def to_keep(self) -> Any:
        """The contact as typed, not saved."""
        contact = self.save(commit=False)
        contact.municipality = self.main_municipality()
        if contact._state.adding and not contact.team:
            contact.team = usual_team(self.user, contact.municipality)
        return contact

    def kept_with(self) -> dict[str, Any]:
        """What services.keeping.keep takes beside the contact."""
        return {"belongings": self.belongings(), "languages": self.cleaned_data["language"]}

    def keep(self, *, actor) -> Any:
        """Save what was typed, rows and all; None, and a form to show again, when a colleague was a moment before."""
        try:
            return keep(self.to_keep(), actor=actor, version=self.cleaned_data.get("version"), **self.kept_with())
        except ChangedMeanwhile:
            self.add_error(None, A_MOMENT_AGO)
            return None


class PersonForm(ContactForm):
    class Meta(ContactForm.Meta):
        model = Person
        fields = [*ContactForm.shared, "salutation", "interpreter"]
        help_texts = ContactForm.Meta.help_texts | {
            "salutation": _("How they like to be addressed."),
            "source": _("For example: wrote to us herself, 14 March 2022. She can ask to see it."),
            "purpose": _("For example: dialogue with civil society. They can ask to see it."),
            "informed_on": _("The day you told the person what we keep."),
        }

    def parts(self):
        who = Fieldset(_("Who"), "name", *self.lines(NAMES), "salutation", "language", "interpreter")
        return [who, *super().parts()]


class OrganisationForm(ContactForm):
    kind = KindField(label=_("Kind"))
    company_number = CompanyNumberField(
        label=_("CVR number"), required=False, help_text=_("Eight digits, if it has one.")
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    umbrella_name = UmbrellaField(
        label=_("Umbrella organisation"), required=False, help_text=_("Its name, as it stands in the workspace.")
    )

    class Meta(ContactForm.Meta):
        model = Organisation
        fields = [*ContactForm.shared, "kind", "company_number", "website"]
        help_texts = ContactForm.Meta.help_texts | {
            "source": _("For example: met at a network meeting, 3 May 2026."),
            "purpose": _("For example: dialogue with civil society."),
            "informed_on": _("The day you told them what we keep."),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        now = None if self.instance._state.adding else self.instance.kind
        self.fields["kind"].offer(now)
        self.initial["kind"] = now
        self.names = self.names | {"umbrella_name"}
        self._offer_umbrellas(user)

    def _offer_umbrellas(self, user):
        field, sent = self.fields["umbrella_name"], self.data if self.is_bound else {}
        field.offer(user, self.instance, typed=sent.get("umbrella_name"), picked=sent.get("umbrella", ""))
        self.initial["umbrella_name"] = field.shown
        if field.namesakes:
            self.fields["umbrella"] = umbrella_picks(field)
            self.helper.layout[0].insert(1 + self.helper.layout[0].fields.index("umbrella_name"), "umbrella")

    def parts(self):
        what = Fieldset(_("Who"), "name", *self.lines(NAMES), "kind", "umbrella_name", "company_number", "website")
        what.fields.append("language")
        return [what, *super().parts()]

    def clean_website(self):
        """Always by https: every browser tries it first."""
        url = self.cleaned_data["website"]
        return f"https://{url.partition('://')[2]}" if url else ""

    def clean(self):
        cleaned = super().clean()
        if "umbrella_name" in cleaned:
            self.instance.umbrella = cleaned["umbrella_name"]
        return cleaned

    def keep(self, *, actor) -> Any:
        try:
            return super().keep(actor=actor)
        except NotAbove:
            self.add_error("umbrella_name", NOT_ABOVE)
            return None
