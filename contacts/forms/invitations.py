"""Saying yes to an invitation: whose it is, and what happens next."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import SEEN_BY_COLLEAGUES, WorkspaceForm, due
from contacts.forms.taking_over import compared
from contacts.forms.words import KindField
from contacts.models import Organisation, Person
from contacts.services.followups import usual_due
from contacts.services.invitations import Candidates, Yes, new_contact
from contacts.services.taking_over import differences, fingerprint
from outreach.design.forms import Consequence, DateInput, PickSelect
from outreach.once import OnceMixin

NEW, SHOWN = "new", "shown"
OTHERWISE = _("They wrote something else than we hold. Choose.")
CHOOSE_KIND = _("Choose what kind of organisation it is.")


class AcceptForm(OnceMixin, WorkspaceForm):
    """``candidates`` are those on offer beside somebody new."""

    organisation = forms.ChoiceField(
        label=_("Which organisation is it?"),
        error_messages={"required": _("Choose the organisation, or make a new one.")},
    )
    kind = KindField(label=_("Kind of the new organisation"), required=False, error_messages={"required": CHOOSE_KIND})
    person = forms.ChoiceField(
        label=_("Who wrote?"), error_messages={"required": _("Choose the person, or make a new one.")}
    )
    role = forms.CharField(
        label=_("Role in the organisation"),
        max_length=120,
        help_text=_("Kept if the person has no role there yet. Read by every colleague who may see the contact."),
    )
    title = forms.CharField(label=_("What happens next?"), max_length=200, help_text=SEEN_BY_COLLEAGUES)
    due_on = forms.DateField(label=_("By which day?"), widget=DateInput)

    def __init__(self, *args, invitation, candidates: Candidates, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation, self.candidates, self.user, self.today = invitation, candidates, user, today
        organisations, people = candidates.organisations, candidates.people
        self._offer(
            "organisation", organisations, invitation.organisation, {one.pk: _about(one) for one in organisations}
        )
        self._offer("person", people, invitation.name, {one.pk: self._who(one) for one in people})
        self.fields["kind"].required = not organisations
        self.fields["kind"].mark_optional = False  # needed where the organisation is new
        self.fields["kind"].offer()
        self.initial |= {
            "role": _("contact person"),
            "title": _("Agree on time and place with %(name)s") % {"name": invitation.organisation},
            "due_on": usual_due(today),
        }
        self.differences = self._differences()
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True
        self.helper.layout = Layout(
            Fieldset(_("Whose invitation is it?"), "organisation", "kind", "person", "role"),
            Fieldset(_("Your follow-up"), "title", "due_on"),
        )
        if self.differences:
            self._compare()

    def _offer(self, field, contacts, name, words):
        """A choice of these contacts, or somebody new with the name that was written; the likeliest is chosen."""
        new = (NEW, _("New: %(name)s") % {"name": name})
        self.fields[field].choices = [*((str(one.pk), one.name) for one in contacts), new]
        consequences = {str(one.pk): Consequence(words[one.pk]) for one in contacts}
        self.fields[field].widget = PickSelect(consequences=consequences, choices=self.fields[field].choices)
        self.initial[field] = str(contacts[0].pk) if contacts else NEW

    def _differences(self):
        """What they wrote against what we hold of whom the officer chose; a role is asked about by itself."""
        chosen = next((one for one in self.candidates.people if str(one.pk) == self.data.get("person")), None)
        found = differences(self.invitation, chosen, user=self.user) if chosen else []
        return [one for one in found if one.field != "role"]

    def _compare(self):
        """Asks field by field, and again when what the page showed is no longer what would be taken over."""
        shown, fields = fingerprint(self.differences), [one.field for one in self.differences]
        if self.data.get(SHOWN) != shown:
            self.data = self.data.copy()
            self.data[SHOWN] = shown
            for name in fields:
                self.data.pop(name, None)
        self.fields[SHOWN] = forms.CharField(widget=forms.HiddenInput)
        for one in self.differences:
            self.fields[one.field] = compared(one)
            self.fields[one.field].error_messages["required"] = OTHERWISE
        self.helper.layout.insert(1, Fieldset(_("What they wrote, beside what we hold"), *fields))

    def _who(self, person):
        role = f"{person.role.role}, {person.role.organisation}" if person.role else ""
        return " · ".join(filter(None, [role, *self.candidates.reasons.get(person.pk, ())]))

    def clean_due_on(self):
        return due(self.cleaned_data["due_on"], self.today)

    def clean(self):
        data = super().clean()
        if data.get("organisation") == NEW and not data.get("kind") and "kind" not in self.errors:
            self.add_error("kind", CHOOSE_KIND)
        if data.get("due_on") and data["due_on"] < self.today:
            self.add_error("due_on", _("The day has passed."))
        return data

    @property
    def yes(self) -> Yes:
        """What was decided."""
        data = self.cleaned_data
        organisation = self._chosen(Organisation, data["organisation"], self.candidates.organisations)
        if data["organisation"] == NEW:
            organisation.kind = data["kind"]
        person = self._chosen(Person, data["person"], self.candidates.people)
        taken = {one.field: data[one.field] for one in self.differences}
        return Yes(
            person, organisation, data["role"], data["title"], data["due_on"], self.key, self.differences, taken
        )

    def _chosen(self, kind, value, offered):
        known = {str(one.pk): one for one in offered}
        return known.get(value) or new_contact(kind, self.invitation, officer=self.user)


def _about(organisation):
    return str(organisation.kind)
