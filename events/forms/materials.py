"""One file of an event, and who gets it."""

from pathlib import PurePath

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from content.files import DOCUMENTS, KINDS, SLIDES, accepted, searched
from events.models import Material
from outreach.once import OnceMixin
from outreach.privacy.workspace import WorkspaceGuard


class MaterialForm(OnceMixin, WorkspaceGuard, forms.ModelForm):
    """A file is refused where a civil registration number stands in it: others get it."""

    asks_about_words = False  # participants read it
    upload = forms.FileField(
        label=_("File"),
        help_text=_("Up to 10 MB: PDF, Word, Excel, PowerPoint, OpenDocument, text and pictures."),
        widget=forms.FileInput({"accept": ",".join(f".{kind}" for kind in sorted({*KINDS, *SLIDES}))}),
    )

    class Meta:
        model = Material
        fields = ["title", "readers", "after_event"]
        widgets = {"readers": forms.RadioSelect}
        help_texts = {"title": _("If left out, the name of the file.")}

    def __init__(self, *args, event, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.event = event
        self.fields["title"].required = False
        self.helper = FormHelper()
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout("upload", "title", "readers", "after_event", Submit("add", _("Add the file")))

    def clean_upload(self):
        file = accepted(self.cleaned_data["upload"], documents=DOCUMENTS | SLIDES)
        searched(file)
        return file

    def clean(self):
        data = super().clean()
        if data.get("upload") and not data.get("title"):
            data["title"] = self.instance.title = PurePath(data["upload"].name).stem
        return data
