"""What every form of the workspace shares: no CPR, single lines stay single, choices are rows the reader may see."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Rhythm
from contacts.models.visibility import READERS
from outreach.accounts.models import User
from outreach.privacy.workspace import WorkspaceGuard

USUAL_WEEKS = (1, 2, 4, 6, 8, 12, 16, 26, 52)
NOT_IN_THE_FUTURE = _("The day lies in the future.")
FIRST_DAY = date(1900, 1, 1)  # nobody we talk with held a role before
FIRST_DUE, YEARS_AHEAD = date(2000, 1, 1), 10
TOO_FAR_BACK = _("The day lies too far back. Look at the year.")
TOO_FAR_AHEAD = _("The day lies too far ahead. Look at the year.")
SEEN_BY_COLLEAGUES = _("Read by every colleague who may see the contact.")


class WorkspaceFormMixin(WorkspaceGuard):
    """First base of every form here."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name, value in list(cleaned.items()):
            if isinstance(value, date) and value < FIRST_DAY:
                self.add_error(name, TOO_FAR_BACK)
                continue
            one_line = not isinstance(self.fields[name].widget, forms.Textarea)
            if one_line and isinstance(value, str):
                cleaned[name] = " ".join(value.split())
        return cleaned


def due(day: date, today: date) -> date:
    """A day something is to be done by; a slip of the year is told."""
    if day < FIRST_DUE:
        raise forms.ValidationError(TOO_FAR_BACK)
    if day.year > today.year + YEARS_AHEAD:
        raise forms.ValidationError(TOO_FAR_AHEAD)
    return day


class WorkspaceForm(WorkspaceFormMixin, forms.Form):
    pass


class WorkspaceModelForm(WorkspaceFormMixin, forms.ModelForm):
    pass


def rhythm_choices(current: int | None) -> list[tuple[int | str, str]]:
    """The usual rhythms in words, and the one agreed now if it is another."""
    weeks = sorted({*USUAL_WEEKS, current} - {None})
    words = [(number, Rhythm(weeks=number, last_on=None, today=None).agreed) for number in weeks]
    return [("", _("None agreed")), *words]


def colleagues(*, also=()):
    """Those who work with contacts; ``also`` those with these keys, who may have left."""
    return User.objects.filter(Q(is_active=True, role__in=READERS) | Q(pk__in=also)).order_by("name")
