"""The piece of a text that shows why it was found, in parts: plain words and those that were asked for.

Parts instead of markup: the template writes the marks, and escapes what stands in them.
"""

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from content.models import SearchEntry

from .search_asked import SHORTEST_BEGINNING, Asked
from .search_words import WORD, folded_word

SHOWN_WORDS = 32
BEFORE = 8  # words of the snippet that come before the first word found
READ_WORDS = 4_000  # of a body, for a snippet
STEM = 8  # letters: a longer word is marked without its ending as well
ENDING = 2


class Part(NamedTuple):
    text: str
    is_marked: bool


class Marker:
    """Knows the words that were found. Made once for a page of results."""

    def __init__(self, asked: Asked):
        meanings = [meaning for group in asked.groups for meaning in group.meanings if not meaning.is_phrase]
        folded = {word.folded for meaning in meanings for word in meaning.words}
        self.typed = frozenset(word.folded for word in asked.words)
        self.whole = frozenset(folded)
        beginnings = {word for word in folded if len(word) >= SHORTEST_BEGINNING}
        self.beginnings = tuple(beginnings | {word[:-ENDING] for word in beginnings if len(word) > STEM})

    def marks(self, key: str) -> bool:
        return key in self.whole or key.startswith(self.beginnings) if self.beginnings else key in self.whole


def snippet(entry: SearchEntry, marker: Marker) -> list[Part]:
    """The summary if it has one of the words, else the place in the body that has most of them: those typed first."""
    summary = list(_parts(entry.summary, marker))
    if any(part.is_marked for part in summary) or not entry.body:
        return summary
    keys = entry.body_key.split(" ", READ_WORDS)[:READ_WORDS]
    found = [number for number, key in enumerate(keys) if key in marker.typed and marker.marks(key)]
    found = found or [number for number, key in enumerate(keys) if marker.marks(key)]
    if not found:
        return summary
    return list(_window(entry.body, max(0, _densest(found) - BEFORE), marker))


def _densest(found: list[int]) -> int:
    """The word from which a snippet holds most of what was found."""
    return max(found, key=lambda start: (sum(start <= at < start + SHOWN_WORDS - BEFORE for at in found), -start))


def _window(body: str, first: int, marker: Marker) -> Iterator[Part]:
    matches = list(islice(WORD.finditer(body), first + SHOWN_WORDS + 1))
    start = matches[first].start()
    is_cut = len(matches) > first + SHOWN_WORDS
    end = matches[first + SHOWN_WORDS - 1].end() if is_cut else len(body)
    if first:
        yield Part("… ", False)
    yield from _parts(body[start:end], marker)
    if is_cut:
        yield Part(" …", False)


def _parts(text: str, marker: Marker) -> Iterator[Part]:
    """The text, cut where a word that was asked for begins and ends."""
    plain_from = 0
    for match in WORD.finditer(text):
        if marker.marks(folded_word(match.group())):
            if match.start() > plain_from:
                yield Part(text[plain_from : match.start()], False)
            yield Part(match.group(), True)
            plain_from = match.end()
    if plain_from < len(text):
        yield Part(text[plain_from:], False)
