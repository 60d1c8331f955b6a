"""What every form of the workspace shares: no CPR, single lines stay single, choices are rows the reader may see."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contacts.models import Rhythm
from contacts.models.visibility import READERS
from outreach.accounts.models import User
from outreach.privacy.workspace import WorkspaceGuard

USUAL_WEEKS = (1, 2, 4, 6, 8, 12, 16, 26, 52)
NOT_IN_THE_FUTURE = _("The day lies in the future.")
SEEN_BY_COLLEAGUES = _("Read by every colleague who may see the contact.")


class WorkspaceFormMixin(WorkspaceGuard):
    """First base of every form here."""

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            one_line = not isinstance(self.fields[name].widget, forms.Textarea)
            if one_line and isinstance(value, str):
                cleaned[name] = " ".join(value.split())
        return cleaned


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
