"""The directory "who does what" and its sources from content/starting/directory.yaml."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from content.models import ContactChannel, DirectoryEntry, DirectorySource
from content.models.audiences import Audience
from content.models.directory import Level, Task

from .starting_files import LANGUAGES, StartingTextError
from .starting_memory import Memory
from .starting_tree import SOURCE_LANGUAGE, key_of

IN_EACH_LANGUAGE = ("name", "summary", "body")
NAMES = [f"{field}_{language}" for field in IN_EACH_LANGUAGE for language in LANGUAGES]
PLAIN = ("level", "order", "tasks", "audiences", "as_of", "website")


def load_directory(texts: dict[str, Any], memory: Memory) -> None:
    """Make or refresh each entry; one that an editor changed or deleted is left alone. Pages are there already."""
    sources = texts.get("sources", {})
    present = {entry.key: _present(entry) for entry in _entries()}
    wanted = {
        key: _values(key, text, number * 10, sources)
        for number, (key, text) in enumerate(texts.get("entries", {}).items(), start=1)
    }
    due = {
        key: values
        for key, values in wanted.items()
        if memory.should_write(f"directory/{key}", file=values, stored=present.get(key))
    }
    for key, values in due.items():
        _write(key, values, memory)
    for key, values in due.items():
        _join(key, values["part_of"])
        memory.remember(f"directory/{key}", file=values, stored=_present(_entries().get(key=key)))


def _entries() -> QuerySet[DirectoryEntry]:
    return DirectoryEntry.objects.select_related("part_of", "channel").prefetch_related("sources")


def _values(key: str, text: dict[str, Any], order: int, sources: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry as the file says; channel, page and what it belongs to by their keys."""
    try:
        return {
            **{
                f"{field}_{language}": _prose(text[field][language])
                for field in IN_EACH_LANGUAGE
                for language in LANGUAGES
            },
            "level": Level(text["level"]).value,
            "order": order,
            "tasks": [Task(task).value for task in text["tasks"]],
            "audiences": [Audience(audience).value for audience in text["audiences"]],
            "as_of": str(text.get("as_of") or ""),
            "website": text.get("website") or "",
            "part_of": text.get("part_of") or "",
            "channel": text.get("channel") or "",
            "page": text.get("page") or "",
            "checked_on": text["checked_on"].isoformat(),
            "sources": [
                [sources[source]["da"], sources[source]["en"], str(sources[source].get("date") or "")]
                for source in text["sources"]
            ],
        }
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise StartingTextError(f"directory.yaml: {key}: {error!r} is missing or wrong.") from error


def _prose(text: str) -> str:
    """Paragraphs without the line breaks of the file."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))


def _present(entry: DirectoryEntry) -> dict[str, Any]:
    """What an editor could have changed, as the database has it."""
    return {
        **{name: getattr(entry, name) for name in [*NAMES, *PLAIN]},
        "part_of": entry.part_of.key if entry.part_of else "",
        "channel": entry.channel.key if entry.channel else "",
        "page": entry.page_id or 0,
        "checked_on": entry.checked_on.isoformat(),
        "sources": [[source.title_da, source.title_en, source.date] for source in entry.sources.all()],
    }


def _write(key: str, values: dict[str, Any], memory: Memory) -> None:
    fields = {name: values[name] for name in [*NAMES, *PLAIN]}
    channel = ContactChannel.objects.filter(key=values["channel"]).first()
    page = memory.page_id(key_of(values["page"], SOURCE_LANGUAGE))
    checked_on = date.fromisoformat(values["checked_on"])
    more: dict[str, Any] = {"channel": channel, "page_id": page, "checked_on": checked_on, "review_by": None}
    entry, _created = DirectoryEntry.objects.update_or_create(key=key, defaults=fields | more)
    DirectorySource.objects.filter(entry=entry).delete()
    DirectorySource.objects.bulk_create(
        DirectorySource(entry=entry, order=order, title_da=danish, title_en=english, date=day)
        for order, (danish, english, day) in enumerate(values["sources"])
    )


def _join(key: str, part_of: str) -> None:
    """Say what it belongs to, now that every entry is there."""
    if part_of:
        whole = DirectoryEntry.objects.filter(key=part_of).first()
        DirectoryEntry.objects.filter(key=key).update(part_of=whole)
