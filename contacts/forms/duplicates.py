"""Asking, before a contact is made, whether it is one we know."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.services.duplicates import Alike, Typed, alike

SOMEBODY_ELSE = "somebody_else"


class DuplicatesMixin(forms.BaseModelForm):
    """Stands before a form with rows. ``alike`` are those it may be; it saves once told that it is somebody else."""

    alike: list[Alike] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        told = bool(self.data.get(SOMEBODY_ELSE))
        if self.instance._state.adding and cleaned.get("name") and not self.errors and not told:
            self.alike = alike(self._meta.model, self._typed(cleaned), user=self.user)
        if self.alike:
            self.fields[SOMEBODY_ELSE] = forms.BooleanField(
                label=_("It is somebody else. Save it as new."), required=False
            )
            self.add_error(SOMEBODY_ELSE, _("We may know this contact. Look at those below before you save."))
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> Typed:
        belongings = self.belongings()
        points = tuple((point.channel, point.value) for point in belongings.points)
        called = tuple(other.name for other in belongings.other_names)
        return Typed(cleaned["name"], points, self.main_municipality(), cleaned.get("company_number", ""), called)
