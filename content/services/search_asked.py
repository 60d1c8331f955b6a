"""Reading what somebody typed: words, never operators, and the words that editors say mean the same."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from content.models import SynonymSet
from outreach.places.finding import IN_ENGLISH, WORDS_FOR_MUNICIPALITY

from .search_words import WORD, folded_word

LONGEST = 200  # letters; what follows is not read
MOST_WORDS = 12
SHORTEST_BEGINNING = 4  # letters: a shorter word is looked for whole
MOST_ALSO = 4  # synonyms the page tells of
FORM = 6  # letters that the forms of one word have in common
HUNG_TOGETHER = re.compile(rf"{WORD.pattern}(?:-{WORD.pattern})*")
# Words every page has, folded: they tell no page from another.
EMPTY = {
    "da": "af at de den der det dig din du en er et for fra han har hun hvad hvem hvis hvor hvordan hvorfor i ikke "
    "ind jeg kan man med men mig min mit mine nar og om op pa sa sig sin skal som til ud var ved vi vil",
    "en": "a an and are as at be by can do for from he her his how i if in is it me my not of on or she should so "
    "that the their them they this to was we what when where who why will with you your",
}
EMPTY_WORDS = {language: frozenset(words.split()) for language, words in EMPTY.items()}


class Word(NamedTuple):
    """As typed, and folded."""

    raw: str
    folded: str


class Meaning(NamedTuple):
    """Words that are to be there all: anywhere, or one after the other where they are a phrase."""

    words: list[Word]
    is_phrase: bool = False


class Group(NamedTuple):
    """One thing asked for, by any one of its ``meanings``."""

    meanings: list[Meaning]


class Asked(NamedTuple):
    """A search. ``typed`` is what the field shows again, ``also`` the synonyms that were added."""

    language: str
    typed: str
    words: list[Word]
    groups: list[Group]
    also: list[str]
    is_cut: bool

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def key(self) -> str:
        """What the folded title of an entry would be if it were exactly this."""
        return " ".join(word.folded for word in self.words)

    @property
    def place_key(self) -> str:
        """The same of a place: "Aarhus Kommune" is Aarhus, and Copenhagen København."""
        own = [word.folded for word in self.words if word.folded not in WORDS_FOR_MUNICIPALITY]
        return " ".join(IN_ENGLISH.get(word, word) for word in own)


class Term(NamedTuple):
    """One of the words of a set of synonyms; it may be several."""

    shown: str
    words: list[Word]

    @property
    def key(self) -> list[str]:
        return [word.folded for word in self.words]


def read(text: str, *, language: str, synonyms: Iterable[SynonymSet]) -> Asked:
    """What is asked for, with the synonyms of ``language``; nothing where there is no word in the text."""
    is_cut = len(text) > LONGEST
    typed = " ".join("".join(char if _is_shown(char) else " " for char in text[:LONGEST]).split())
    units = _units(typed)
    sets = [[_term(shown) for shown in one.listed(language)] for one in synonyms] if units else []
    groups, also = _grouped(units, sets, EMPTY_WORDS.get(language, frozenset()))
    words = _flat(units)
    return Asked(language, typed, words, groups, _unlike(also, words), is_cut)


def _units(typed: str) -> list[list[Word]]:
    """The words, those together that hang together as in "info-hus"; no more than ``MOST_WORDS``."""
    units, room = [], MOST_WORDS
    for chunk in HUNG_TOGETHER.findall(typed):
        unit = [_word(raw) for raw in WORD.findall(chunk)[:room]]
        units += [unit] if unit else []
        room -= len(unit)
    return units


def _grouped(units: list[list[Word]], sets: list[list[Term]], empty: frozenset[str]) -> tuple[list[Group], list[Term]]:
    """What is asked for, unit by unit; words every page has are left out unless there are no others."""
    groups: list[Group] = []
    left_out: list[Group] = []
    also: list[Term] = []
    at = 0
    while at < len(units):
        length, others = _synonyms(units, at, sets)
        own = _flat(units[at : at + length])
        meanings = [Meaning(own), *_shortest(others)]
        if length == 1 and len(own) > 1:
            meanings.append(Meaning([_together(own)]))
        is_empty = not others and all(word.folded in empty for word in own)
        (left_out if is_empty else groups).append(Group(meanings))
        also += others
        at += length
    return groups or left_out, also


def _shortest(terms: list[Term]) -> Iterator[Meaning]:
    """Without those that begin with another of them: that one finds them, too."""
    single = [term.key[0] for term in terms if len(term.key) == 1 and len(term.key[0]) >= SHORTEST_BEGINNING]
    for term in terms:
        covered = any(term.key[0] != other and term.key[0].startswith(other) for other in single)
        if len(term.key) > 1 or not covered:
            yield Meaning(term.words, len(term.words) > 1)


def _synonyms(units: list[list[Word]], at: int, sets: list[list[Term]]) -> tuple[int, list[Term]]:
    """How many units the longest known term at this place has, and what else means the same; 1 and nothing if none."""
    for length in range(len(units) - at, 0, -1):
        key = [word.folded for word in _flat(units[at : at + length])]
        meant = [term for terms in sets if any(term.key == key for term in terms) for term in terms]
        if meant:
            return length, [term for term in meant if term.key != key]
    return 1, []


def _flat(units: Sequence[list[Word]]) -> list[Word]:
    return [word for unit in units for word in unit]


def _unlike(terms: list[Term], words: list[Word]) -> list[str]:
    """Those worth telling of: not another form of what was typed, or of one told already."""
    beginnings = {word.folded[:FORM] for word in words}
    told: list[str] = []
    for term in terms:
        if term.words[0].folded[:FORM] not in beginnings:
            beginnings.add(term.words[0].folded[:FORM])
            told.append(term.shown)
    return told[:MOST_ALSO]


def _together(words: list[Word]) -> Word:
    """ "info-hus" as one word."""
    return Word("".join(word.raw for word in words), folded_word("".join(word.raw for word in words)))


def _is_shown(char: str) -> bool:
    return char.isprintable() and char != "\N{REPLACEMENT CHARACTER}"


def _word(raw: str) -> Word:
    return Word(raw.lower(), folded_word(raw))


def _term(shown: str) -> Term:
    return Term(shown, [_word(raw) for raw in WORD.findall(shown)])
