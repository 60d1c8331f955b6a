"""A name for a list as one left it, and a spreadsheet of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceForm
from contacts.models import SavedView
from outreach.privacy.numbers import REFUSED, contains_cpr
from outreach.privacy.workspace import TrailReasonField

SEARCHED_FOR_CPR = _(
    "The search looks like a civil registration number (CPR): we do not keep it. Search for something else."
)


class SaveViewForm(WorkspaceForm):
    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=40,
        help_text=_("For example: imams in Aarhus. Only you see it. The same name again takes its place."),
    )

    def __init__(self, *args, asked, query, **kwargs):
        """``asked`` is what each filter asks for, ``query`` the same as it would be kept."""
        super().__init__(*args, **kwargs)
        self.asked, self.query = asked, query

    def clean(self):
        """Nobody types in the fields of the list here: what is wrong with them is said above the form."""
        if any(contains_cpr(value) for value in self.asked.values()):
            self.add_error(None, forms.ValidationError(SEARCHED_FOR_CPR, code=REFUSED))
        elif len(self.query) > SavedView.LONGEST_QUERY:
            self.add_error(None, forms.ValidationError(_("The search is too long to be kept. Search for less.")))
        return super().clean()


class ExportForm(WorkspaceForm):
    kind = forms.ChoiceField(
        label=_("What kind of file?"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("Text with semicolons (CSV)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    reason = TrailReasonField(
        label=_("What do you need it for?"),
        max_length=200,
        help_text=_("Stands in the trail beside your name and the rows you took."),
    )
