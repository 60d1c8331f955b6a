"""What is written in a PDF besides its pages: notes, fields that were filled in, bookmarks, files within."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

# What leads to pages and their looks, and the names programs give to notes.
ELSEWHERE = {"/P", "/Pg", "/Pages", "/StructTreeRoot", "/SE", "/AP", "/DR", "/NM", "/ID", "/DSS", "/OCGs"}
WRITTEN = ("/V", "/RV", "/DV", "/Contents")
STREAMS = {**dict.fromkeys(WRITTEN, "text.html"), "/JS": "script.txt", "/Metadata": "about.xml"}
IDENTITY = re.compile(rb"(?:xmp\.[a-z]+|uuid|docid:[a-z]+):[\w-]+")  # of a version, given by a program


class Within(NamedTuple):
    """A file within the PDF, or a text as long as one."""

    name: str
    data: bytes


class Besides:
    """Walks through one PDF; what many pages have in common is given once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def of_document(self, reader: PdfReader) -> Iterator[str | Within]:
        """What stands in the document, and belongs to no page of it."""
        return self._written(reader.root_object)

    def upon(self, page: PageObject) -> Iterator[str | Within]:
        """What was put upon a page: notes, links, fields, files."""
        return self._written(ArrayObject([page.get("/Annots"), page.get("/AF")]))

    def _written(self, start: Any) -> Iterator[str | Within]:
        waiting = [("", start)]
        while waiting:
            key, part = waiting.pop()
            if isinstance(part, IndirectObject):
                if (part.idnum, part.generation) in self._seen:
                    continue
                self._seen.add((part.idnum, part.generation))
                part = part.get_object()
            if isinstance(part, StreamObject):
                if key in STREAMS:
                    yield Within(STREAMS[key], IDENTITY.sub(b"", part.get_data()))
            elif isinstance(part, DictionaryObject):
                if "/EF" in part:
                    yield from _files(part)
                if part.get("/Type") not in ("/Page", "/Pages"):
                    waiting += [(name, value) for name, value in part.items() if name not in ELSEWHERE]
            elif isinstance(part, ArrayObject):
                waiting += [(key, value) for value in part]
            elif isinstance(part, str | bytes):
                yield part.decode("latin-1") if isinstance(part, bytes) else str(part)


def _files(named: DictionaryObject) -> Iterator[Within]:
    name = str(named.get("/UF") or named.get("/F") or "")
    held = named["/EF"].get_object()
    streams = [value.get_object() for value in held.values()] if isinstance(held, DictionaryObject) else []
    for data in {stream.get_data() for stream in streams if isinstance(stream, StreamObject)}:
        yield Within(name, data)
