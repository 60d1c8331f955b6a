"""Words as the search compares them, and the plain text of what editors build of blocks."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from outreach.places.folding import fold

WORD = re.compile(r"[^\W_]+")
BREAK = re.compile(r"</(?:p|li|h\d)>|<br\s*/?>")
TAG = re.compile(r"</?(?:a|b|br|em|h\d|hr|i|li|ol|p|strong|ul)\b[^>]*>")  # what the editor can write
MARKS = (".", "?", "!", ":", "…", "”", '"')
# The parts of blocks that somebody wrote; what else a block holds are keys and numbers.
WRITTEN = frozenset({"heading", "text", "title", "short", "source", "alt_text"})


def folded(text: str) -> str:
    """Every word of ``text`` folded, one for one and in order: word n here is word n there."""
    return " ".join(map(_remembered, WORD.findall(text)))


def folded_word(word: str) -> str:
    """One word without spaces in it; never nothing."""
    return fold(word).replace(" ", "") or "0"


# Published words only: they come again on every page. What a reader types is never kept in memory.
_remembered = lru_cache(maxsize=50_000)(folded_word)


def plain(text: str) -> str:
    """Rich text without its markup, on one line."""
    if "<" not in text and "&" not in text:
        return text
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", text))).split())


def running(texts: Iterable[str | None]) -> str:
    """Texts one after the other, each with a full stop where it has no mark of its own: headings, names."""
    kept = [text.strip() for text in texts if text and text.strip()]
    return " ".join(text if text.endswith(MARKS) else f"{text}." for text in kept)


def written(value: Any, name: str = "") -> Iterator[str]:
    """What is written in the stored form of a stream, a block or a part of one, in order."""
    if isinstance(value, str):
        if name in WRITTEN and value:
            yield plain(value)
    elif isinstance(value, list):
        for item in value:
            yield from written(item, name)
    elif isinstance(value, dict):
        if "type" in value and "value" in value:
            yield from written(value["value"], value["type"])
        else:
            for key, inner in value.items():
                yield from written(inner, key)
