"""Keeping civil registration numbers out of attachments: out of their names, and out of the text within.

Read are plain text of any kind (txt, csv, md, json, rtf …), HTML, mails with what is attached to them, the text of
DOCX, XLSX, PPTX and OpenDocument files with the names, links and descriptions in them, and of PDF with its notes, its
fields and the files within. Not read: pictures, scans, sound, the old DOC, XLS and PPT, the descriptions of pictures
in a PDF, and a number XLSX holds as a number with its first nought lost.
"""

import email
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from email import policy
from io import BytesIO
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from outreach.privacy import markup, pdf
from outreach.privacy.numbers import REFUSED, contains_cpr

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE  # of a file
MOST_TEXT = 5 * MEGABYTE  # searched in one file
MOST_MARKUP = 20 * MEGABYTE  # unpacked from one file
MOST_PARTS, MOST_RATIO, DEEPEST = 2000, 200, 3
MOST_PAGES, MOST_SECONDS = 300, 10  # of the PDF in one file

ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".zip", ".docm", ".xlsm")
WITHIN = (".xml", ".rels", ".txt", ".csv", ".md", ".htm", ".html", ".json", ".eml", ".vml", ".pdf")
PARTS = (".xml", ".rels", ".svg", ".vml")  # of documents: full of numbers nobody typed
# What a broken, locked or hostile file makes the readers raise.
UNREADABLE = (zipfile.BadZipFile, zlib.error, PyPdfError, EOFError, OSError, ArithmeticError, RuntimeError)
UNREADABLE += (ValueError, TypeError, LookupError, AttributeError, AssertionError)

NAME_LOOKS_LIKE_CPR = _(
    "The name of the file looks like a civil registration number (CPR). "
    "Give the file another name, and choose it again."
)
FILE_HOLDS_CPR = _(
    "The file holds what looks like a civil registration number (CPR). Remove it from the file, and choose it again."
)
NOT_SEARCHED = _("The file cannot be searched for civil registration numbers: it is damaged or locked.")
TOO_LARGE = _("The file is too large to be searched for civil registration numbers. Choose a smaller one.")


def refuse_numbers(upload: File) -> None:
    """Raise ValidationError with a sentence if a number stands in the name or the text of ``upload``, or if its text
    cannot be read within bounds. Its position is at the beginning afterwards."""
    if contains_cpr(PurePath(upload.name or "").name):
        raise ValidationError(NAME_LOOKS_LIKE_CPR, code=REFUSED)
    if upload.size > LARGEST:
        raise ValidationError(TOO_LARGE, code="too_large")
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    _Search().file(upload.name or "", data if isinstance(data, bytes) else data.encode())


class _Search:
    """One search through a file and all it holds; the bounds are for the whole of it."""

    def __init__(self) -> None:
        self.text = self.unpacked = self.parts = self.pages = 0
        self.ends = time.monotonic() + MOST_SECONDS

    def file(self, name: str, data: bytes, depth: int = 0) -> None:
        kind = PurePath(name).suffix.lower()
        try:
            for text in self._texts(kind, data, depth):
                self._look(text)
        except UNREADABLE as error:
            raise ValidationError(NOT_SEARCHED, code="unreadable") from error

    def _look(self, text: str) -> None:
        self.text += len(text)
        if self.text > MOST_TEXT:
            raise ValidationError(TOO_LARGE, code="too_large")
        if contains_cpr(text):
            raise ValidationError(FILE_HOLDS_CPR, code=REFUSED)

    def _texts(self, kind: str, data: bytes, depth: int) -> Iterator[str]:
        if depth > DEEPEST:
            raise ValidationError(TOO_LARGE, code="too_large")
        if kind in ZIPPED or data.startswith(b"PK\x03\x04"):
            yield from self._unzipped(data, depth)
        elif data.startswith(b"%PDF-"):
            yield from self._pdf(data, depth)
        elif kind == ".eml":
            yield from self._mail(data, depth)
        elif is_text(data):
            text = decoded(data)
            if "<" in text:
                yield markup.text_of(text)
            if kind in PARTS:
                yield from markup.besides(text)
            else:
                yield text

    def _unzipped(self, data: bytes, depth: int) -> Iterator[str]:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.infolist():
                self._count(part)
                yield from PurePath(part.filename).parts
                kind = PurePath(part.filename).suffix.lower()
                if kind in (*WITHIN, *ZIPPED):
                    with archive.open(part) as opened:
                        inner = opened.read(part.file_size + 1)
                    yield from self._texts(kind, inner, depth + 1)

    def _count(self, part: zipfile.ZipInfo) -> None:
        """Refuse what unpacks to far more than it is, before it is unpacked."""
        self.parts += 1
        self.unpacked += part.file_size
        swollen = part.file_size > MEGABYTE and part.file_size > MOST_RATIO * part.compress_size
        if swollen or self.parts > MOST_PARTS or self.unpacked > MOST_MARKUP:
            raise ValidationError(TOO_LARGE, code="too_large")

    def _pdf(self, data: bytes, depth: int) -> Iterator[str]:
        """The text of a PDF page by page with what was put upon it, and what the PDF says about itself and holds
        besides. A page that is a picture has no text."""
        reader, besides = PdfReader(BytesIO(data)), pdf.Besides()
        yield "\n".join(str(value) for value in (reader.metadata or {}).values())
        yield from self._besides(besides.of_document(reader), depth)
        for page in reader.pages:
            self.pages += 1
            if self.pages > MOST_PAGES or time.monotonic() > self.ends:
                raise ValidationError(TOO_LARGE, code="too_large")
            yield from self._besides(besides.upon(page), depth)
            yield page.extract_text()

    def _besides(self, parts: Iterable[str | pdf.Within], depth: int) -> Iterator[str]:
        for part in parts:
            if time.monotonic() > self.ends:
                raise ValidationError(TOO_LARGE, code="too_large")
            if isinstance(part, str):
                yield part
                continue
            self.parts, self.unpacked = self.parts + 1, self.unpacked + len(part.data)
            if self.parts > MOST_PARTS or self.unpacked > MOST_MARKUP:
                raise ValidationError(TOO_LARGE, code="too_large")
            yield from self._texts(PurePath(part.name).suffix.lower(), part.data, depth + 1)

    def _mail(self, data: bytes, depth: int) -> Iterator[str]:
        message = email.message_from_bytes(data, policy=policy.default)
        yield "\n".join(
            str(value) for name, value in message.items() if name.lower() in ("subject", "from", "to", "cc")
        )
        for part in message.walk():
            self.parts += 1
            if self.parts > MOST_PARTS:
                raise ValidationError(TOO_LARGE, code="too_large")
            if part.is_multipart():
                continue
            name = part.get_filename() or (".html" if part.get_content_type() == "text/html" else ".txt")
            yield name
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                yield from self._texts(PurePath(name).suffix.lower(), content, depth + 1)


def is_text(data: bytes) -> bool:
    """Whether the bytes are letters: no nought among the first, or a mark that says two bytes make one letter."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in data[:4096]


def decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
