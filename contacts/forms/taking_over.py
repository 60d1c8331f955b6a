"""Field by field: keep ours, take theirs, or both; and a refusal, with a reason if one wants."""

from collections.abc import Sequence

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceForm
from contacts.forms.roles import who_gives_way
from contacts.services.taking_over import GIVES_WAY, Choice, Difference, fingerprint
from outreach.design.forms import Consequence, PickSelect
from outreach.privacy.workspace import TrailReasonField


class CompareForm(WorkspaceForm):
    """``version``, ``seen`` and ``shown`` are of the person, the decision and the differences the page showed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, differences: Sequence[Difference], version: int, seen: str, prefers: str, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.initial |= {"version": version, "seen": seen, "shown": fingerprint(differences)}
        self.differences = differences
        for one in differences:
            self.fields[one.field] = compared(one)
            self.initial[one.field] = prefers if one.ours and prefers in one.choices else one.choices[not one.ours]
            if one.holders:
                self.fields[GIVES_WAY] = who_gives_way(one.holders, required=False)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.render_hidden_fields = False, True

    def clean(self):
        cleaned = super().clean()
        takes = cleaned.get("role", Choice.KEEP) != Choice.KEEP
        if takes and GIVES_WAY in self.fields and not cleaned.get(GIVES_WAY):
            self.add_error(GIVES_WAY, self.fields[GIVES_WAY].error_messages["required"])
        return cleaned

    @property
    def is_stale(self):
        """Sent from a page that showed other differences, be they of other fields."""
        return self.is_bound and self["shown"].data != self.initial["shown"]

    @property
    def chosen(self):
        return {one.field: self.cleaned_data[one.field] for one in self.differences} | {
            GIVES_WAY: self.cleaned_data.get(GIVES_WAY, "")
        }


def compared(difference: Difference) -> forms.ChoiceField:
    """What becomes of one field, each choice with what it would say; a role that is replaced is said to end."""
    instead = difference.theirs
    if not difference.theirs:
        instead = _("%(ours)s is removed.") % {"ours": difference.ours}
        if difference.held:
            instead = _("%(ours)s ends today, and stays in the history.") % {"ours": difference.ours}
    elif difference.held:
        instead = _("%(theirs)s, from today. %(ours)s ends.") % {"theirs": instead, "ours": difference.ours}
    values = {Choice.KEEP: difference.ours, Choice.TAKE: instead, Choice.ADD: difference.theirs}
    labels = {Choice.KEEP: _("Keep ours"), Choice.TAKE: _("Use theirs instead"), Choice.ADD: _("Add theirs")}
    if not difference.theirs:
        labels[Choice.TAKE] = _("Remove ours")
    if not difference.ours:
        labels[Choice.KEEP] = _("Leave it out")
    choices = [(choice.value, labels[choice]) for choice in difference.choices]
    consequences = {choice.value: Consequence(values[choice]) for choice in difference.choices}
    widget = PickSelect(consequences=consequences, choices=choices)
    return forms.ChoiceField(label=difference.label, choices=choices, widget=widget)


class RefuseForm(WorkspaceForm):
    reason = TrailReasonField(
        label=_("Why?"),
        required=False,
        max_length=150,
        help_text=_("Read by those who check the trail, not by other colleagues."),
    )
