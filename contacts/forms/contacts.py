"""A person, an organisation, a role: what is kept about them, and why."""

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
from contacts.forms.words import KindField, LanguagesField
from contacts.models import Organisation, Person
from outreach.design.forms import DateInput
from outreach.once import OnceMixin


class ContactForm(OnceMixin, WorkspaceModelForm):
    """What people and organisations share. Only the owner may hand a contact over."""

    rhythm_weeks = forms.TypedChoiceField(
        label=_("How often did you agree to talk?"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rhythm_weeks"].choices = rhythm_choices(self.instance.rhythm_weeks)
        self.fields["team"].queryset = user.teams.all()
        self.fields["municipality"].empty_label = _("None, or several")
        self.fields["team"].empty_label = _("None")
        if self.instance._state.adding:
            self.instance.owner = user
            self.initial["team"] = self.initial.get("team") or user.teams.first()
        if self.instance.owner_id == user.pk and not self.instance._state.adding:
            self.fields["owner"].queryset = colleagues()
        else:
            del self.fields["owner"]
        if self.instance.team_id and not self.instance.team.members.filter(pk=user.pk).exists():
            del self.fields["team"]

    def keeping(self):
        """The part about keeping in touch; a field the reader may not change is left out."""
        return [name for name in ("municipality", "rhythm_weeks", "team", "owner") if name in self.fields]


class PersonForm(ContactForm):
    language = LanguagesField(label=_("Languages"), required=False)

    class Meta:
        model = Person
        fields = [
            *["name", "email", "phone", "interpreter", "municipality", "rhythm_weeks", "remember"],
            *["team", "owner", "source", "purpose", "informed_on"],
        ]
        labels = {"interpreter": _("Needs an interpreter"), "owner": _("Owner")}
        help_texts = {
            "remember": SEEN_BY_COLLEAGUES,
            "source": _("For example: wrote to us herself, 14 March 2022. She can ask to see it."),
            "purpose": _("For example: dialogue with civil society. They can ask to see it."),
            "informed_on": _("The day you told the person what we keep."),
        }
        widgets = {"informed_on": DateInput}

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if not self.instance._state.adding:
            self.initial["language"] = ", ".join(map(str, self.instance.languages.all()))
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True
        self.helper.layout = Layout(
            Fieldset(_("Who"), "name", Row("email", "phone"), "language", "interpreter"),
            Fieldset(_("Keeping in touch"), *self.keeping(), "remember"),
            Fieldset(_("Why we keep the details"), "source", "purpose", "informed_on"),
        )

    def clean_informed_on(self):
        day = self.cleaned_data["informed_on"]
        if day and day > self.today:
            raise forms.ValidationError(NOT_IN_THE_FUTURE)
        return day


class OrganisationForm(ContactForm):
    kind = KindField(label=_("Kind"))

    class Meta:
        model = Organisation
        fields = [
            *["name", "kind", "company_number", "email", "phone", "municipality", "rhythm_weeks", "remember"],
            *["team", "owner", "source", "purpose"],
        ]
        labels = {"owner": _("Owner")}
        help_texts = {
            "company_number": _("Eight digits, if it has one."),
            "remember": SEEN_BY_COLLEAGUES,
            "source": _("For example: met at a network meeting, 3 May 2026."),
            "purpose": _("For example: dialogue with civil society."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        now = None if self.instance._state.adding else self.instance.kind
        self.fields["kind"].offer(now)
        self.initial["kind"] = now
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True
        self.helper.layout = Layout(
            Fieldset(_("Who"), "name", "kind", "company_number", Row("email", "phone")),
            Fieldset(_("Keeping in touch"), *self.keeping(), "remember"),
            Fieldset(_("Why we keep the details"), "source", "purpose"),
        )
