"""What somebody typed, as questions to the indexed words (``words``), the surest first."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.core.cache import caches

from outreach.places.folding import fold, with_plain_digits
from outreach.places.models import Municipality

from . import slips
from .sounds import sounds
from .words import APOSTROPHES, ARTICLES, COUNTRY, NAME, NEAR, OTHER, PLACE, SOUND, near

MOST_WORDS = 8
LONGEST = 200  # characters that are read
PREFIX_ONLY = 2  # letters: so few find only what begins with them
SHORTEST_PLACE = 4
NO_PLACES = frozenset({"region", "politi", "kommune"})  # said with the name of a place, without being one
WRITTEN = re.compile(r"[^\s!-/:-@\[-`{-~]+")  # a word with its accents and vowel signs
NUMBER = re.compile(r"\+?\d(?:[\s().\-/]*\d)+")
OF_A_COMPANY = re.compile(r"\b(?:cvr|dk)(?:[\s.\-]*(?:nr|no))?[\s.:\-]*(?=\d)", re.IGNORECASE)  # before its number


class Term(NamedTuple):
    """One indexed word, or with ``begins`` every one that begins so."""

    key: str
    begins: bool = False


class Topics(NamedTuple):
    """The keys of topics somebody named, and of those a mistyped word may have meant."""

    named: list[int]
    meant: list[int] = []


Group = list[Term]  # any of them
Groups = list[Group]  # all of them
Question = list[Groups]  # any of them


@dataclass(frozen=True)
class Asked:
    """``text`` folded, and its words; a number in any grouping is one word of digits alone."""

    text: str
    words: tuple[str, ...]
    said: tuple[tuple[str, str], ...]  # each word folded and as it was written: dialogues are searched by their text
    places: Mapping[str, frozenset[int]]  # the municipalities of each word that names a district or region

    def __bool__(self) -> bool:
        return bool(self.words)

    @cached_property
    def is_short(self) -> bool:
        return len(self.text) <= PREFIX_ONLY

    @property
    def parts(self) -> list[str]:
        """What must stand somewhere in everything a contact is found by; no words too short to be looked for there."""
        return [] if self.is_short else [word for word in self.words if len(word) > PREFIX_ONLY]

    @property
    def as_named(self) -> Question:
        """Every word stands in the name as it is."""
        return [[[Term(NAME + word)] for word in self.words]]

    @property
    def named(self) -> Question:
        """A word of the name begins with each word."""
        return [[[Term(NAME + word, begins=True)] for word in self.words]]

    @property
    def worded(self) -> Question:
        """A word of the name, an address, a number or the place begins with each word."""
        return [[self._known(word) for word in self.words]]

    @property
    def short_words(self) -> Question:
        """What must hold beside ``parts``."""
        short = [word for word in self.words if len(word) <= PREFIX_ONLY]
        return [[self._known(word) for word in short]] if short else []

    @property
    def mistyped(self) -> Question:
        """One word is an edit away from one of the name, the others are there."""
        if self.is_short:
            return []
        return [
            [self._near(other) if other == word else self._known(other) for other in self.words]
            for word in self.words
            if self._near(word)
        ]

    @property
    def alike(self) -> Question:
        """Every word is there, an edit away, or sounds like one that is; two words may be one in the name."""
        if self.is_short:
            return []
        written = [list(self.words), *self._as_one()]
        return [[self._alike(word) for word in words] for words in written]

    @property
    def patterns(self) -> list[str]:
        """What those match that each word of a text may be mistyped for; "" for one that is surely right."""
        return [slips.pattern(word) if slips.may_be_mistyped(word) else "" for word, _written in self.said]

    @property
    def slip_keys(self) -> list[str]:
        words = [word for word, _written in self.said if slips.may_be_mistyped(word)]
        return sorted({key for word in words for key in slips.keys(word)})

    def _as_one(self) -> Iterator[list[str]]:
        """The words with two neighbours written as one: Abd al-Rahman for Abdirahman."""
        bare = [word for word in self.words if word not in ARTICLES] or list(self.words)
        if len(bare) < len(self.words):
            yield bare
        for at in range(len(bare) - 1):
            yield [*bare[:at], bare[at] + bare[at + 1], *bare[at + 2 :]]

    def _known(self, word: str) -> Group:
        places = [Term(f"{PLACE}{pk}") for pk in sorted(self.places.get(word, ()))]
        # A number is kept with the country code: by the code alone everybody's would begin.
        other = f"{COUNTRY}{word}" if self.is_short and word.isdecimal() else word
        return [Term(NAME + word, begins=True), Term(OTHER + other, begins=True), *places]

    def _near(self, word: str) -> Group:
        return [] if word.isdecimal() else [Term(NEAR + key) for key in sorted(near(word))]

    def _alike(self, word: str) -> Group:
        return [*self._known(word), *self._near(word), *(Term(SOUND + key) for key in sorted(sounds(word)))]


def asked(text: str) -> Asked:
    """Read what was typed, as far as a name may reach; PostgreSQL takes no endless words."""
    words, text = [], with_plain_digits(text[:LONGEST])
    bare = OF_A_COMPANY.sub(" ", APOSTROPHES.sub("", text))
    for word in fold(NUMBER.sub(_number, bare)).split():
        if word not in words:
            words.append(word)
    places = places_named(words[:MOST_WORDS])
    if places:
        words = [word for word in words if word not in NO_PLACES]
    said = [(folded, written) for written in WRITTEN.findall(text) for folded in fold(written).split()]
    return Asked(fold(text), tuple(words[:MOST_WORDS]), tuple(said[:MOST_WORDS]), places)


def _number(match: re.Match[str]) -> str:
    """Digits alone, without the country code of a whole Danish number."""
    digits = "".join(char for char in match.group() if char.isdecimal()).removeprefix("00")
    whole = len(digits) > 8 and digits.startswith(COUNTRY)
    return f" {digits.removeprefix(COUNTRY) if whole else digits} "


def places_named(words: Iterable[str]) -> dict[str, frozenset[int]]:
    """The municipalities in the district or region whose name has a word that begins with one of ``words``."""
    names = [word for word in words if len(word) >= SHORTEST_PLACE and word not in NO_PLACES and word.isalpha()]
    places = kept("contacts.finding.places", _places) if names else []
    found = {name: frozenset(pk for pk, of in places if any(word.startswith(name) for word in of)) for name in names}
    return {name: keys for name, keys in found.items() if keys}


def kept(name: str, read: Callable[[], Any]) -> Any:
    """What ``read`` gave within the last minute: a short list of words about nobody."""
    return caches["memory" if "memory" in caches.settings else "default"].get_or_set(name, read, 60)


def _places() -> list[tuple[int, list[str]]]:
    """Each municipality with the folded words of its district and region."""
    rows = Municipality.objects.values_list(
        "pk", "police_district__search_key", "region_memberships__region__search_key"
    )
    return [(pk, f"{district} {region or ''}".split()) for pk, district, region in rows]
