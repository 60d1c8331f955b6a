"""From the blocks of a starting text to the raw value of a StreamField."""

import re
from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from markdown_it import MarkdownIt

LINK_TO_PAGE = re.compile(r'<a href="page:([a-z0-9-]+)">(.*?)</a>', re.DOTALL)
MARKDOWN = MarkdownIt("commonmark", {"html": False})

FindPage = Callable[[str], int | None]


class Body:
    """Makes the blocks of one text. The same text always gives the same value, block ids included.

    ``page_of`` answers with the primary key of the page that a stem stands for, or None while there is no such page.
    """

    def __init__(
        self, key: str, page_of: FindPage, pyramid: list[dict[str, Any]], model: dict[str, Any] | None = None
    ):
        self.key = key
        self.page_of = page_of
        self.pyramid = pyramid
        self.model = model or {}
        self.made = 0

    def stream(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The entries of a file's ``body``; what leads to a page that is not there yet is left out."""
        children = [self.block(*pair) for entry in entries for pair in entry.items()]
        return [child for child in children if child["value"] not in ([], {})]

    def block(self, kind: str, value: Any) -> dict[str, Any]:
        return {"type": kind, "value": self.value(kind, value), "id": self._new_id()}

    def value(self, kind: str, value: Any) -> Any:
        match kind:
            case "text":
                return self.prose(value)
            case "callout":
                return {**value, "text": self.prose(value["text"])}
            case "steps" | "accordion":
                return [self._item({"heading": part["heading"], "text": self.prose(part["text"])}) for part in value]
            case "related":
                return [self._item(page) for stem in value if (page := self.page_of(stem))]
            case "quote":
                return {"text": value["text"].strip(), "source": value.get("source") or ""}
            case "pyramid":
                return [self._item(self._level(level)) for level in self.pyramid]
            case "danish_model":
                return {name: self._part(part) for name, part in self.model.items()}
            case "channels" | "local_help":
                return None
        return value

    def prose(self, markdown: str) -> str:
        """Rich text as Wagtail keeps it; links to our own pages by number, to missing pages as plain words."""

        def link(match: re.Match[str]) -> str:
            page = self.page_of(match[1])
            return f'<a linktype="page" id="{page}">{match[2]}</a>' if page else match[2]

        return LINK_TO_PAGE.sub(link, MARKDOWN.render(markdown).strip())

    def sources(self, sources: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            self.block("source", {"title": source["title"], "date": str(source.get("date") or ""), "url": ""})
            for source in sources
        ]

    def _level(self, level: dict[str, Any]) -> dict[str, Any]:
        return {**level, "page": self.page_of(level["page"])}

    def _part(self, part: Any) -> Any:
        """One place of the drawing, or the places that stand beside each other in it."""
        return [self._item(self._level(level)) for level in part] if isinstance(part, list) else self._level(part)

    def _item(self, value: Any) -> dict[str, Any]:
        return {"type": "item", "value": value, "id": self._new_id()}

    def _new_id(self) -> str:
        self.made += 1
        return str(uuid5(NAMESPACE_URL, f"{self.key}#{self.made}"))
