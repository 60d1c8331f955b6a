"""Reading content/starting: one YAML file per page and language. What does not fit the format is refused by name."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .starting_kinds import MODELS, fields_of

STARTING = Path(__file__).parents[1] / "starting"
LANGUAGES = ("da", "en")
CALLOUTS = ("danger", "kind", "quiet")
REQUIRED = {"title": str, "slug": str, "kind": str, "order": int, "summary": str, "lead": str, "body": list}
OPTIONAL = {"parent": str, "checked_on": date, "sources": list}
MAY_BE_LEFT_OUT = ("audiences", "danger", "content_note")
# What each kind of block holds: a type, or the fields of a mapping, or of each mapping in a list.
BLOCKS: dict[str, Any] = {
    "heading": str,
    "text": str,
    "callout": {"kind": str, "heading": str, "text": str},
    "steps": [{"heading": str, "text": str}],
    "accordion": [{"heading": str, "text": str}],
    "contact": str,
    "quote": {"text": str, "source": str},
    "pyramid": bool,
    "danish_model": bool,
    "channels": bool,
    "local_help": bool,
    "related": [str],
}


class StartingTextError(Exception):
    """A file in content/starting is not in the agreed format; the message names the file and the place."""


@dataclass(frozen=True)
class PageText:
    """One page in one language, as its file says."""

    stem: str
    language: str
    fields: dict[str, Any]

    @property
    def key(self) -> str:
        return f"page/{self.stem}.{self.language}"

    @property
    def parent(self) -> str | None:
        return self.fields.get("parent")

    @property
    def order(self) -> int:
        return self.fields["order"]


def read_pages(directory: Path = STARTING) -> list[PageText]:
    """Every page file, parents before children, then by order."""
    pages = [_read_page(path) for path in sorted((directory / "pages").glob("*.yaml"))]
    by_name = {(page.stem, page.language): page for page in pages}
    for page in pages:
        if page.parent and (page.parent, page.language) not in by_name:
            raise StartingTextError(f"{page.stem}.{page.language}.yaml: there is no parent “{page.parent}”.")
    return sorted(pages, key=lambda page: (_depth(page, by_name), page.order, page.stem, page.language))


def read_yaml(path: Path) -> dict[str, Any]:
    """One file's mapping; empty if there is no such file yet."""
    if not path.exists():
        return {}
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)  # four times as fast as safe_load
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StartingTextError(f"{path.name}: cannot be read. {error}") from error
    if not isinstance(data, dict):
        raise StartingTextError(f"{path.name}: the file is not a mapping.")
    return data


def _depth(page: PageText, by_name: dict[tuple[str, str], PageText]) -> int:
    depth, seen = 0, {page.stem}
    while page.parent:
        page = by_name[page.parent, page.language]
        if page.stem in seen:
            raise StartingTextError(f"{page.stem}.{page.language}.yaml: the page is its own ancestor.")
        seen.add(page.stem)
        depth += 1
    return depth


def _read_page(path: Path) -> PageText:
    stem, _dot, language = path.stem.rpartition(".")
    if language not in (path.parent.parent.name, *LANGUAGES) or not stem:  # a further one has a folder of its name
        raise StartingTextError(f"{path.name}: a page file is called <stem>.da.yaml or <stem>.en.yaml.")
    fields = read_yaml(path)
    _check_fields(path.name, fields)
    for number, entry in enumerate(fields["body"], start=1):
        if not isinstance(entry, dict) or len(entry) != 1:
            raise StartingTextError(f"{path.name}: block {number} of the body is not a mapping with one key.")
        [(kind, value)] = entry.items()
        if kind not in BLOCKS:
            raise StartingTextError(f"{path.name}: block {number} is of the unknown kind “{kind}”.")
        _check_value(f"{path.name}: block {number} ({kind})", value, BLOCKS[kind])
        if kind == "callout" and value["kind"] not in CALLOUTS:
            raise StartingTextError(f"{path.name}: block {number}: a call-out is {', '.join(CALLOUTS)}.")
    return PageText(stem, language, fields)


def _check_fields(name: str, fields: dict[str, Any]) -> None:
    own = fields_of(str(fields.get("kind")))
    if unknown := set(fields) - set(REQUIRED) - set(OPTIONAL) - set(own):
        raise StartingTextError(f"{name}: unknown field {', '.join(sorted(unknown))}.")
    for field, kind in REQUIRED.items():
        if not isinstance(fields.get(field), kind) or fields[field] == "":
            raise StartingTextError(f"{name}: {field} is missing or not a {kind.__name__}.")
    for field, kind in OPTIONAL.items():
        if fields.get(field) is not None and not isinstance(fields[field], kind):
            raise StartingTextError(f"{name}: {field} is not a {kind.__name__}.")
    if fields["kind"] not in MODELS:
        raise StartingTextError(f"{name}: kind is one of {', '.join(MODELS)}.")
    for field, fits in own.items():
        if not (fits(fields.get(field)) or (field in MAY_BE_LEFT_OUT and not fields.get(field))):
            raise StartingTextError(f"{name}: {field} is missing or wrong.")
    for source in fields.get("sources") or []:
        if not isinstance(source, dict) or not source.get("title"):
            raise StartingTextError(f"{name}: a source is a mapping with a title.")


def _check_value(where: str, value: Any, shape: Any) -> None:
    """Compare a value with a shape from ``BLOCKS``."""
    if isinstance(shape, list):
        if not isinstance(value, list) or not value:
            raise StartingTextError(f"{where}: not a list with something in it.")
        for inner in value:
            _check_value(where, inner, shape[0])
    elif isinstance(shape, dict):
        if not isinstance(value, dict) or set(value) - set(shape):
            raise StartingTextError(f"{where}: not a mapping of {', '.join(shape)}.")
        for field, kind in shape.items():
            if field != "source":
                _check_value(f"{where}, {field}", value.get(field), kind)
    elif not isinstance(value, shape) or value in ("", False):
        raise StartingTextError(f"{where}: empty or not a {shape.__name__}.")
