"""A role: given, corrected, ended. Where somebody else holds it the form asks whether theirs ends."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import NOT_IN_THE_FUTURE, WorkspaceForm, WorkspaceModelForm
from contacts.models import Affiliation
from contacts.services.roles import Handover, others_with
from outreach.design.forms import DateInput, PickSelect
from outreach.meanwhile import MeanwhileMixin
from outreach.once import OnceMixin
from outreach.places.folding import fold

ENDS_TOO_SOON = _("The role ends before it starts.")
SHARED = "shared"


class RoleForm(MeanwhileMixin, OnceMixin, WorkspaceModelForm):
    """A new role carries no end; one that is corrected does, and without it the role is held today."""

    key_field = "form_key"
    unmarked = MeanwhileMixin.unmarked | {"gives_way", "gives_way_on"}

    class Meta:
        model = Affiliation
        fields = ["role", "started_on", "ended_on", "primary"]
        labels = {
            "role": _("Role"),
            "started_on": _("Since"),
            "ended_on": _("Until"),
            "primary": _("This is the person's main role"),
        }
        help_texts = {
            "role": _("For example: chair."),
            "ended_on": _("The last day. Leave it empty while the role is held."),
        }
        widgets = {"started_on": DateInput, "ended_on": DateInput}

    field_order = ["role", "gives_way", "gives_way_on", "started_on", "ended_on", "primary"]

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        if self.instance._state.adding:
            del self.fields["ended_on"]
        self.others = {str(role.pk): role for role in self._others(user)}
        if self.others:
            self._ask()

    def _others(self, user):
        """Who holds the role that was typed, where typing it makes the person one of its holders."""
        typed = " ".join((self.data.get("role") or "").split())
        held_already = self.instance.is_current and self.instance.role_key == fold(typed)
        if not (typed and self.instance.organisation_id) or self.data.get("ended_on") or held_already:
            return []
        wanted = Affiliation(person=self.instance.person, organisation=self.instance.organisation, role=typed)
        return others_with(wanted, user=user)

    def _ask(self):
        self.fields["gives_way"] = who_gives_way(self.others.values())
        self.fields["gives_way_on"] = forms.DateField(
            label=_("Last day of the role that ends"),
            required=False,
            widget=DateInput,
            help_text=_("Leave it empty for the day before the new one starts."),
        )
        self.order_fields(self.field_order)

    def clean_started_on(self):
        return _not_in_the_future(self.cleaned_data["started_on"], self.today)

    def clean_ended_on(self):
        day, start = self.cleaned_data["ended_on"], self.cleaned_data.get("started_on")
        if day and start and day < start:
            raise forms.ValidationError(ENDS_TOO_SOON)
        return _not_in_the_future(day, self.today)

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned.get("ended_on") and self._holds_already(cleaned["role"]):
            holder = {"name": self.instance.person, "organisation": self.instance.organisation}
            self.add_error("role", _("%(name)s holds this role in %(organisation)s already.") % holder)
        leaving = self.others.get(cleaned.get("gives_way", ""))
        if leaving and "gives_way_on" in cleaned:
            start = cleaned.get("started_on")
            day = cleaned["gives_way_on"] or (start - timedelta(days=1) if start else self.today)
            if day > self.today:
                self.add_error("gives_way_on", NOT_IN_THE_FUTURE)
            elif leaving.started_on and day < leaving.started_on:
                self.add_error("gives_way_on", ENDS_TOO_SOON)
            else:
                cleaned["gives_way_on"] = day
        return cleaned

    def _holds_already(self, role):
        here = self.instance
        held = Affiliation.objects.holders_of(here.organisation, role).filter(person=here.person)
        return here.organisation_id and held.exclude(pk=here.pk).exists()

    @property
    def handover(self) -> Handover | None:
        """Whose role ends with this one, as the officer chose."""
        leaving = self.others.get(self.cleaned_data.get("gives_way", ""))
        return Handover(leaving, self.cleaned_data["gives_way_on"]) if leaving else None


def who_gives_way(holders, *, required=True):
    """Whose role ends when somebody else gets it too, if anybody's."""
    ends = [(str(role.pk), _("The role of %(name)s ends") % {"name": role.person}) for role in holders]
    names = ", ".join(str(role.person) for role in holders)
    field = forms.ChoiceField(
        label=_("Somebody holds this role already: %(names)s") % {"names": names},
        choices=[*ends, (SHARED, _("They share the role"))],
        widget=PickSelect,
        required=required,
        error_messages={"required": _("Choose whether a role ends.")},
    )
    field.mark_optional = False  # it must be answered where the role is taken over
    return field


class EndRoleForm(MeanwhileMixin, WorkspaceForm):
    ended_on = forms.DateField(label=_("Last day in the role"), widget=DateInput)

    unmarked = MeanwhileMixin.unmarked | {"ended_on"}

    def __init__(self, *args, role, today, **kwargs):
        self.role, self.today = role, today
        super().__init__(*args, **kwargs)

    @property
    def row(self):
        return self.role

    def how_it_changed(self):
        return _("A colleague changed the role while you had it open. Look at it, then save again.")

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if self.role.started_on and day < self.role.started_on:
            raise forms.ValidationError(ENDS_TOO_SOON)
        return _not_in_the_future(day, self.today)


def _not_in_the_future(day, today):
    if day and day > today:
        raise forms.ValidationError(NOT_IN_THE_FUTURE)
    return day
