"""Files in a form of the workspace. A browser drops the files of a form that comes back: those we took are kept."""

from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models import Attachment
from contacts.services.attaching import MOST_FILES, keep_waiting, waiting_for
from content.files import KINDS, accepted, searched
from outreach.privacy.numbers import REFUSED


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self):
        super().__init__({"multiple": True, "accept": ",".join(f".{kind}" for kind in KINDS)})


class FilesField(forms.FileField):
    widget = FilesInput

    def clean(self, data, initial=None):
        """Every file as it came; the form looks at each (``FilesMixin.clean_files``)."""
        return [one for one in data or [] if one]


class KeptField(forms.Field):
    """Keys of files that came with this form before; whatever is none is left out."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        return [key for key in value or [] if _is_key(key)]


def _is_key(text):
    try:
        UUID(text)
    except ValueError:
        return False
    return True


class FilesMixin(forms.Form):
    """``attachments`` are to be attached when the form is saved; call ``keep_files`` first, saved or not."""

    files_there = 0  # files the dialogue has already

    part = forms.ChoiceField(
        label=_("Who may open the files?"),
        choices=Attachment.Part.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    kept = KeptField(required=False)  # before the upload: both count
    upload = FilesField(
        label=_("Add files"),
        required=False,
        help_text=_("Up to 10 files of 10 MB each: PDF, Word, Excel, OpenDocument, text and pictures."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.taken, self.doubtful, self.attachments = [], [], []

    def clean_part(self):
        return self.cleaned_data["part"] or Attachment.Part.SUMMARY

    def clean_kept(self):
        self.attachments = waiting_for(self.user, self.cleaned_data["kept"])
        return self.cleaned_data["kept"]

    def clean_upload(self):
        """Look at each file; one that is refused costs none of the others."""
        mistakes = []
        for upload in self.cleaned_data["upload"]:
            try:
                self._take(upload)
            except forms.ValidationError as error:
                mistakes.append(error)
        room = MOST_FILES - self.files_there - len(self.attachments)
        if len(self.taken) + len(self.doubtful) > room:
            mistakes.append(forms.ValidationError(_("A dialogue has ten files at most.")))
            self.taken = self.taken[: max(0, room)]
        if mistakes:
            raise forms.ValidationError(mistakes)
        return []

    def _take(self, upload):
        file = accepted(upload)
        try:
            searched(file)
        except forms.ValidationError as error:
            if error.code != REFUSED:
                raise
            self.refuse("upload", error)  # passed with a reason, or not at all
            self.doubtful.append(file)
        else:
            self.taken.append(file)

    def keep_files(self):
        """Keep what was taken, so that a form that comes back has it; afterwards ``attachments`` is everything."""
        if self.is_valid():
            self.taken += self.doubtful
        self.attachments += [keep_waiting(file, actor=self.user) for file in self.taken]
        self.taken, self.doubtful = [], []

    @property
    def files_open(self):
        return bool(self.attachments) or "upload" in self.errors
