"""What is written in a PDF besides its pages: notes, fields that were filled in, bookmarks, files within."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

# What leads to pages and their looks, and the names programs give to notes.
ELSEWHERE = {"/P", "/Pg", "/Parent", "/Pages", "/StructTreeRoot", "/SE", "/AP", "/DR", "/NM", "/ID", "/DSS", "/OCGs"}
TEXTS = {"/V", "/RV", "/DV", "/JS", "/Contents"}  # may be long, and then they are streams


class Within(NamedTuple):
    """A file within the PDF."""

    name: str
    data: bytes


def besides(reader: PdfReader) -> Iterator[str | Within]:
    """What stands in the document, and belongs to no page of it."""
    yield from _written(reader.root_object, set())


def upon(page: PageObject) -> Iterator[str | Within]:
    """What was put upon a page: notes, links, fields, files."""
    yield from _written(ArrayObject([page.get("/Annots"), page.get("/AF")]), set())


def _written(start: Any, seen: set[tuple[int, int]]) -> Iterator[str | Within]:
    """Every text and file that ``start`` leads to, each once."""
    waiting = [("", start)]
    while waiting:
        key, part = waiting.pop()
        if isinstance(part, IndirectObject):
            if (part.idnum, part.generation) in seen:
                continue
            seen.add((part.idnum, part.generation))
            part = part.get_object()
        if isinstance(part, StreamObject):
            if key in TEXTS:
                yield part.get_data().decode("latin-1")
        elif isinstance(part, DictionaryObject):
            if "/EF" in part:
                yield from _files(part)
            if part.get("/Type") not in ("/Page", "/Pages"):
                waiting += [(name, value) for name, value in part.items() if name not in ELSEWHERE]
        elif isinstance(part, ArrayObject):
            waiting += [(key, value) for value in part]
        elif isinstance(part, bytes):
            yield part.decode("latin-1")
        elif isinstance(part, str):
            yield str(part)


def _files(named: DictionaryObject) -> Iterator[Within]:
    name = str(named.get("/UF") or named.get("/F") or "")
    held = named["/EF"].get_object()
    streams = [value.get_object() for value in held.values()] if isinstance(held, DictionaryObject) else []
    for data in {stream.get_data() for stream in streams if isinstance(stream, StreamObject)}:
        yield Within(name, data)
