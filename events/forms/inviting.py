"""Whom an officer asks to an event, for one person each or for several seats, and the words they are asked in."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Row, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Event, Invitation
from events.services.address_lists import MOST, Entry, entries
from outreach.privacy.workspace import WorkspaceGuard

LONGEST = 60_000  # characters: five hundred addresses with long names
TOO_MANY = _("These are %(num)d addresses. Put at most %(most)d on the list at a time: nothing has been saved yet.")


class InviteForm(WorkspaceGuard, forms.Form):
    """Addresses to put on the list; ``clean_addresses`` gives Entries."""

    asks_about_words = False  # names and addresses

    addresses = forms.CharField(
        label=_("Addresses"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 10}),
        help_text=_("One on each line, or with commas or semicolons between them. With a name before it, or none."),
        error_messages={
            "required": _("Write or paste at least one address."),
            "max_length": _("Put at most 60,000 characters on the list at a time: nothing has been saved yet."),
        },
    )
    language = forms.ChoiceField(label=_("Language of the mail"))
    uses = forms.IntegerField(
        label=_("Seats for each link"),
        min_value=1,
        max_value=Invitation.MOST_USES,
        required=False,
        help_text=_("Empty: the link is for that person alone. A number: the link may be passed on to as many."),
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = Event._meta.get_field("language").choices
        self.initial.setdefault("language", event.language)
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout("addresses", Row("language", "uses"), Submit("save", _("Put them on the list")))

    def clean_addresses(self) -> list[Entry]:
        found = entries(self.cleaned_data["addresses"])
        if len(found) > MOST:
            raise forms.ValidationError(TOO_MANY, params={"num": len(found), "most": MOST})
        return found


class GreetingForm(WorkspaceGuard, forms.Form):
    """The officer's words in the mails of one round; ``read`` holds those that stood in the preview."""

    asks_about_words = False  # the invited read it

    greeting = forms.CharField(
        label=_("Your words to them"),
        max_length=1000,
        required=False,
        help_text=_("A short greeting before time and place, the same for everybody who gets this mail."),
        widget=forms.Textarea({"rows": 4}),
    )

    def is_read(self) -> bool:
        """Whether these very words were shown in the preview."""
        return self.data.get("read", "").split() == self.cleaned_data["greeting"].split()
