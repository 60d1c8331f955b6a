"""A new person made from what a visitor sent in: asks before it takes the place of what a colleague decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.contacts import PersonForm
from contacts.models import RegistrationLink
from contacts.services.deciding import in_a_sentence, state_in
from outreach.once import KeyInput

SEEN, AGAIN = "seen", "decide_again"


class ProposedPersonForm(PersonForm):
    """``decided`` is what is decided on the proposal now.

    The page carries the decision it showed. Where a colleague decided since, nothing is saved until a tick says so.
    """

    def __init__(self, *args: Any, decided: RegistrationLink | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decided, self.state = decided, state_in(decided)
        self.fields[SEEN] = forms.CharField(required=False, initial=self.state, widget=KeyInput())

    @property
    def asks_again(self) -> bool:
        return AGAIN in self.fields

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.state not in (cleaned.get(SEEN), self.data.get(AGAIN)):
            tick = forms.CheckboxInput(attrs={"value": self.state})
            self.fields[AGAIN] = forms.BooleanField(
                label=_("It is somebody else. Save the person, and link the registration to them instead."),
                required=False,
                widget=tick,
            )
            self.add_error(AGAIN, in_a_sentence(self.decided))
        return cleaned
