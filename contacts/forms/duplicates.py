"""Asking, before a contact is made or gets another CVR number, whether it is one we know."""

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
        is_new = self.instance._state.adding
        if (is_new or "company_number" in self.changed_data) and cleaned.get("name") and not self.errors and not told:
            typed = self._typed(cleaned) if is_new else Typed("", company_number=cleaned["company_number"])
            self.alike = alike(self._meta.model, typed, user=self.user, but=None if is_new else self.instance)
        if self.alike:
            label = _("It is somebody else. Save it as new.") if is_new else _("They share the number. Save it.")
            self.fields[SOMEBODY_ELSE] = forms.BooleanField(label=label, required=False)
            self.add_error(SOMEBODY_ELSE, _("We may know this contact. Look at those below before you save."))
        return cleaned

    def _typed(self, cleaned: dict[str, Any]) -> Typed:
        belongings = self.belongings()
        points = tuple((point.channel, point.value) for point in belongings.points)
        called = tuple(other.name for other in belongings.other_names)
        return Typed(cleaned["name"], points, self.main_municipality(), cleaned.get("company_number", ""), called)
