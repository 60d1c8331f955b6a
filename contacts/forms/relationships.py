"""What one contact is to another, and since when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import NOT_IN_THE_FUTURE, SEEN_BY_COLLEAGUES, WorkspaceModelForm
from contacts.models import Relationship
from contacts.services.relationships import Reading, readings
from outreach.design.forms import DateInput
from outreach.meanwhile import MeanwhileMixin
from outreach.once import OnceMixin

SET_HERE = {"kind", "from_person", "from_organisation", "to_person", "to_organisation"}


class RelationshipForm(MeanwhileMixin, OnceMixin, WorkspaceModelForm):
    """``here`` stands where the reader came from, ``there`` is the other end."""

    what = forms.ChoiceField(
        label=_("What are they to each other?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what they are to each other."),
            "invalid_choice": _("This kind of relationship is between others."),
        },
    )

    class Meta:
        model = Relationship
        fields = ["started_on", "ended_on", "note"]
        labels = {"started_on": _("Since"), "ended_on": _("Until"), "note": _("Remark")}
        help_texts = {
            "ended_on": _("The last day. Leave it empty while it holds."),
            "note": SEEN_BY_COLLEAGUES,
        }
        widgets = {"started_on": DateInput, "ended_on": DateInput}

    field_order = ["what", "started_on", "ended_on", "note"]

    def __init__(self, *args, here, there, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.here, self.there, self.today = here, there, today
        now = None if self.instance._state.adding else self.instance.kind
        self.readings = {one.value: one for one in readings(here, there, now=now)}
        self.fields["what"].choices = [(value, f"{here} {one.words} {there}") for value, one in self.readings.items()]
        if now:
            self.initial["what"] = Reading(now, backwards=not now.symmetric and self.instance.first != here).value
        else:
            del self.fields["ended_on"]

    def clean_started_on(self):
        return self._past("started_on")

    def clean_ended_on(self):
        day, start = self._past("ended_on"), self.cleaned_data.get("started_on")
        if day and start and day < start:
            raise forms.ValidationError(_("The relationship ends before it starts."))
        return day

    def _past(self, name):
        day = self.cleaned_data[name]
        if day and day > self.today:
            raise forms.ValidationError(NOT_IN_THE_FUTURE)
        return day

    def _post_clean(self):
        reading = self.readings.get(self.cleaned_data.get("what"))
        if reading:
            self.instance.kind = reading.kind
            self.instance.put_ends(*reading.ends(self.here, self.there))
        super()._post_clean()

    def _get_validation_exclusions(self):
        """The ends and the kind are set here, so their constraints are asked too."""
        excluded = super()._get_validation_exclusions()
        return excluded if "what" in self.errors else excluded - SET_HERE
