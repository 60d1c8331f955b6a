"""Files a colleague hands in to be kept or handed out: what we take, and under which name."""

import secrets
import unicodedata
from pathlib import Path, PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from content.uploads import is_what_it_says, picture
from outreach.privacy.files import decoded, refuse_numbers

LARGEST = 10 * 1024 * 1024  # bytes
LONGEST_NAME = 100

PICTURES = frozenset({"jpg", "jpeg", "png", "webp"})
DOCUMENTS = frozenset({"pdf", "docx", "odt", "xlsx", "ods"})
SLIDES = frozenset({"pptx", "odp"})
TEXTS = frozenset({"txt", "csv", "md"})
MAILS = frozenset({"eml", "msg"})
KINDS = sorted(PICTURES | DOCUMENTS | TEXTS)


def accepted(upload: UploadedFile, *, documents: frozenset[str] = DOCUMENTS) -> UploadedFile:
    """The file as we would keep it: a picture made anew, everything else as it is, under a name that is only a name.

    Raises ValidationError with a sentence that names the file: not of a kind we take, not what its name says, too
    large, empty. Whether a civil registration number stands in it, ``refuse_numbers`` answers.
    """
    name = plain_name(upload.name or "")
    extension = PurePath(name).suffix.lower().removeprefix(".")
    kinds = ", ".join(sorted(PICTURES | documents | TEXTS))
    if not upload.size:
        raise _refusal(_("The file is empty."), name)
    if upload.size > LARGEST:
        raise _refusal(_("The file is too large. It may take up %(most)s.") % {"most": filesizeformat(LARGEST)}, name)
    if extension in PICTURES:
        return _picture(upload, name)
    if extension in MAILS:
        words = _("Mails are not kept as files: others stand in them. Copy what matters into one of these: %(kinds)s.")
        raise _refusal(words % {"kinds": kinds}, name)
    if extension not in documents | TEXTS:
        raise _refusal(_("We take files of these kinds: %(kinds)s.") % {"kinds": kinds}, name)
    if not (is_what_it_says(extension, upload) if extension in documents else _is_text(upload)):
        raise _refusal(_("The file is not what its name says, or it is damaged."), name)
    upload.seek(0)
    upload.name = name
    return upload


def _picture(upload: UploadedFile, name: str) -> UploadedFile:
    try:
        anew = picture(upload)
    except ValidationError as error:
        raise _refusal(error.messages[0], name) from error
    anew.name = str(PurePath(name).with_suffix(PurePath(anew.name or "").suffix))
    return anew


def _is_text(upload: UploadedFile) -> bool:
    """Whether the content is letters: no document, picture or program under the name of a text."""
    upload.seek(0)
    data = upload.read()
    text = decoded(data)
    strange = sum(unicodedata.category(char) in ("Cc", "Cn") and char not in "\t\r\n\f" for char in text[:4096])
    return not strange and not data.startswith((b"%PDF-", b"{\\rtf", b"MZ", b"#!"))


def _refusal(sentence: str, name: str) -> ValidationError:
    return ValidationError(f"{name}: {sentence}" if name else sentence, code="refused_file")


def plain_name(name: str) -> str:
    """The name without a path, without what is invisible or turns the reading direction, and not too long."""
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = "".join(char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C")
    path = PurePath(" ".join(seen.split()).strip(". ") or "-")
    return f"{path.stem[:LONGEST_NAME]}{path.suffix[:8]}"


def searched(upload: UploadedFile) -> None:
    """Raise ValidationError if a civil registration number stands in the name or the text, or neither can be told."""
    try:
        refuse_numbers(upload)
    except ValidationError as error:
        raise ValidationError(f"{upload.name}: {error.messages[0]}", code=error.code) from error


def unguessable(row: Model, name: str) -> str:
    """Where a file is kept: nothing of its name but the kind."""
    return f"{secrets.token_hex(16)}{Path(name).suffix.lower()}"


def throw_away(instance: Model, **signal: object) -> None:
    """For ``post_delete``: the file of the row goes when the row is gone for good."""
    kept = instance.file  # type: ignore[attr-defined]
    place, name = kept.storage, kept.name
    transaction.on_commit(lambda: place.delete(name))
