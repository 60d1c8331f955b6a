"""A channel not to use. Of two who note the same one at once, the later sees what the first wrote and saves again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import NOT_IN_THE_FUTURE, SEEN_BY_COLLEAGUES, WorkspaceForm
from contacts.models import Channel
from contacts.models.refusal import PLEAS
from contacts.services.channels import NOT_REFUSED
from outreach.design.forms import DateInput
from outreach.design.templatetags.design_tags import longdate
from outreach.meanwhile import LOOK_AGAIN
from outreach.once import KeyInput

NONE = "-"  # no refusal stood on the page
LIFTED = _("A colleague noted meanwhile that the channel may be used again. Save again if it may not.")
MEANWHILE = _("Saved meanwhile: %(value)s")


class RefusalForm(WorkspaceForm):
    channel = forms.ChoiceField(
        label=_("What do they not want?"),
        choices=[(channel.value, PLEAS[channel]) for channel in Channel],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a channel.")},
    )
    since = forms.DateField(label=_("Since"), widget=DateInput)
    why = forms.CharField(label=_("Why?"), required=False, max_length=200, help_text=SEEN_BY_COLLEAGUES)

    seen = forms.CharField(required=False, widget=KeyInput)  # the refusals the page showed: "email:2 phone:1"

    def __init__(self, *args, today, refusals, **kwargs):
        self.held = {refusal.channel: refusal for refusal in refusals}
        self.stand = " ".join(f"{one.channel}:{one.version}" for one in refusals) or NONE
        super().__init__(*args, **{"initial": {"since": today, "seen": self.stand}, **kwargs})
        self.today = today

    @property
    def version_seen(self):
        """Of the refusal of the channel chosen, as the page showed it; None: the page said nothing."""
        sent = self.cleaned_data["seen"]
        if not sent:
            return None
        versions = dict(one.split(":", 1) for one in sent.split() if ":" in one)
        version = versions.get(self.cleaned_data["channel"], str(NOT_REFUSED))
        return int(version) if version.isascii() and version.isdigit() and len(version) < 11 else -1

    def clean(self):
        cleaned = super().clean()
        held = self.held.get(cleaned.get("channel"))
        if "channel" in cleaned and self.version_seen not in (None, held.version if held else NOT_REFUSED):
            self.say_what_stands(held)
        return cleaned

    def say_what_stands(self, held):
        """Nothing is saved; sent again, what was typed takes the place of what stands."""
        self.add_error(None, LOOK_AGAIN if held else LIFTED)
        if held and "since" not in self.errors and held.since != self.cleaned_data["since"]:
            self.add_error("since", MEANWHILE % {"value": longdate(held.since)})
        if held and "why" not in self.errors and held.why != self.cleaned_data["why"]:
            self.add_error("why", MEANWHILE % {"value": held.why or _("nothing")})
        self.data = self.data.copy()
        self.data["seen"] = self.stand

    def clean_since(self):
        day = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError(NOT_IN_THE_FUTURE)
        return day
