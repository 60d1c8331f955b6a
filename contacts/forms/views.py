"""A name for a list as one left it, and a spreadsheet of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.forms.base import WorkspaceForm


class SaveViewForm(WorkspaceForm):
    name = forms.CharField(
        label=_("What do you call it?"),
        max_length=40,
        help_text=_("For example: imams in Aarhus. Only you see it. The same name again takes its place."),
    )


class ExportForm(WorkspaceForm):
    kind = forms.ChoiceField(
        label=_("What kind of file?"),
        choices=[("xlsx", _("Excel (XLSX)")), ("csv", _("Text with semicolons (CSV)"))],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    reason = forms.CharField(
        label=_("What do you need it for?"),
        max_length=200,
        help_text=_("Stands in the trail beside your name and the rows you took."),
    )
