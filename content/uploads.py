"""What editors may upload: pictures made anew, and documents that are what their name says (security.md, 16)."""

import secrets
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from outreach.places.folding import slug_of

# What Pillow calls a kind of picture: what we call its files, and how they are written.
PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "JPEG": ("jpg", {"quality": 88, "progressive": True}),
    "PNG": ("png", {}),
    "WEBP": ("webp", {"quality": 88}),
}
MODES = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1"), "WEBP": ("RGB", "RGBA")}
LONGEST_SIDE = 2560  # pixels; twice the widest column

# The part that makes a packed document what its name says; for the last three, what their part "mimetype" says.
OFFICE = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
OPEN_DOCUMENT = {"odp": "presentation", "ods": "spreadsheet", "odt": "text"}


def picture(upload: UploadedFile) -> SimpleUploadedFile:
    """The picture, decoded and written anew: upright, without place, camera or anything else hidden in the file.

    Of one that moves the first image stays. Raises ValidationError with a sentence; one with more pixels than we take
    is refused by its header, before anything is unpacked.
    """
    _refuse_large(upload, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    try:
        with Image.open(upload, formats=list(PICTURES)) as image:
            if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                raise Image.DecompressionBombError
            return _anew(image)
    except UnidentifiedImageError as error:
        raise ValidationError(_("Use a picture of the kind JPG, PNG or WebP. SVG and GIF are not taken.")) from error
    except Image.DecompressionBombError as error:
        raise ValidationError(_("This picture has too many pixels. Make it smaller and try again.")) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This picture is broken or incomplete. Save it again and try once more.")) from error


def _anew(image: Image.Image) -> SimpleUploadedFile:
    kind = image.format or ""
    extension, options = PICTURES[kind]
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(image)
    upright.info = {name: value for name, value in upright.info.items() if name == "transparency"}
    if upright.mode not in MODES[kind]:
        upright = upright.convert("RGBA" if kind != "JPEG" and upright.has_transparency_data else "RGB")
    content = BytesIO()
    upright.save(content, kind, **options)
    return SimpleUploadedFile(f"{secrets.token_hex(16)}.{extension}", content.getvalue(), Image.MIME[kind])


def document(upload: UploadedFile) -> UploadedFile:
    """The document under a name nobody can guess, if it is of a kind we take and is what its name says."""
    _refuse_large(upload, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    path = Path(upload.name or "")
    extension = path.suffix.lower().removeprefix(".")
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        kinds = ", ".join(settings.WAGTAILDOCS_EXTENSIONS)
        raise ValidationError(_("Use a document of one of these kinds: %(kinds)s.") % {"kinds": kinds})
    if not is_what_it_says(extension, upload):
        sentence = _("This file is not what its name says, or it is broken. Save it again as %(kind)s.")
        raise ValidationError(sentence % {"kind": extension})
    upload.seek(0)
    upload.name = f"{slug_of(path.stem)[:60] or 'document'}-{secrets.token_hex(8)}.{extension}"
    return upload


def is_what_it_says(extension: str, upload: UploadedFile) -> bool:
    """Whether the content of a PDF, office or OpenDocument file is of that kind, and holds no macro."""
    upload.seek(0)
    if extension == "pdf":
        return upload.read(5) == b"%PDF-"
    try:
        with zipfile.ZipFile(upload) as packed:
            names = set(packed.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):  # a macro
                return False
            if extension in OFFICE:
                return {"[Content_Types].xml", OFFICE[extension]} <= names
            with packed.open("mimetype") as part:
                return part.read(100) == f"application/vnd.oasis.opendocument.{OPEN_DOCUMENT[extension]}".encode()
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return False


def _refuse_large(upload: UploadedFile, most: int) -> None:
    if (upload.size or 0) > most:
        raise ValidationError(_("This file is too large. It may take up %(most)s.") % {"most": filesizeformat(most)})
