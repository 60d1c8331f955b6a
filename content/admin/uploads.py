"""The forms through which editors upload, wherever the Wagtail admin shows one."""

from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.documents.fields import WagtailDocumentField
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from content import uploads
from content.services.pictures import make_renditions


class PictureField(WagtailImageField):
    """A picture as we keep it; what was uploaded is thrown away."""

    def to_python(self, data):
        upload = FileField.to_python(self, data)
        return uploads.picture(upload) if upload else None


class PictureForm(BaseImageForm):
    file = PictureField(label=_("Picture"), widget=BaseImageForm.Meta.widgets["file"])

    def save(self, commit=True):
        """With its sizes, where a picture that pages show is replaced: the public face makes none."""
        replaced = "file" in self.changed_data and bool(self.original_file)
        image = super().save(commit)
        if commit and replaced:
            make_renditions([image])
        return image


class DocumentField(WagtailDocumentField):
    def to_python(self, data):
        upload = FileField.to_python(self, data)
        return uploads.document(upload) if upload else None


class DocumentForm(BaseDocumentForm):
    file = DocumentField(label=_("Document"), widget=BaseDocumentForm.Meta.widgets["file"])
