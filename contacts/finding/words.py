"""The keys a contact is kept under: what ``asked`` looks for.

One text column holds them, with a space between; each begins with a letter that says what it is. Both databases index
the column as it stands (``index``), so nothing else has to be kept.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from outreach.places.folding import fold, with_plain_digits

from .sounds import sounds

NAME, OTHER, NEAR, SOUND, PLACE = "n", "o", "d", "s", "m"
LONGEST_NEAR = 24  # letters of a word that may be mistyped
MOST_WORDS = 40  # of one contact
SHORTEST_NUMBER = 4
APOSTROPHES = re.compile(r"(?<=\w)[ʿʾ'’‘`´](?=\w)")
COUNTRY = "45"


def words_of(name: str) -> list[str]:
    """The folded words of a name, each once; Sa'id is also Said."""
    return list(dict.fromkeys([*fold(name).split(), *fold(APOSTROPHES.sub("", name)).split()]))


def near(word: str) -> frozenset[str]:
    """The word, and the word with one letter left out.

    Two words one edit apart (a letter more, less, another, or two swapped) share one of these; so do a few that are
    two apart.
    """
    if not 2 <= len(word) <= LONGEST_NEAR:
        return frozenset()
    return frozenset([word, *(word[:at] + word[at + 1 :] for at in range(len(word)))])


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or another, or two neighbours swapped, makes one word the other."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return swapped or short[at + 1 :] == long[at + 1 :]


def digits_of(text: str) -> str:
    """A Danish number with its country code, any other as it stands; "" where there are too few digits for one."""
    digits = "".join(char for char in with_plain_digits(text) if char.isdecimal()).removeprefix("00")
    if len(digits) < SHORTEST_NUMBER:
        return ""
    return COUNTRY + digits if len(digits) == 8 else digits


def search_key(texts: Iterable[str]) -> str:
    """Everything a contact is found by, folded: any part of it finds the contact. Numbers also as bare digits."""
    given = [text for text in texts if text]
    return " ".join([*map(fold, given), *filter(None, map(digits_of, given))])[:4000]


def lookup_key(names: Iterable[str], texts: Iterable[str], municipality: int | None) -> str:
    """The indexed words: of names whole, mistyped and as they sound; of other texts whole; the place by its key."""
    return " ".join(dict.fromkeys(_keys(names, texts, municipality)))


def _keys(names: Iterable[str], texts: Iterable[str], municipality: int | None) -> Iterator[str]:
    for name in names:
        words = words_of(name)[:MOST_WORDS]
        yield from (NAME + word for word in words)
        yield from (NEAR + each for word in words for each in sorted(near(word)))
        yield from (SOUND + each for word in [*words, *joined(words)] for each in sorted(sounds(word)))
    for text in texts:
        yield from (OTHER + word for word in fold(text).split()[:MOST_WORDS])
        if number := digits_of(text):
            yield from (OTHER + number, OTHER + number.removeprefix(COUNTRY))
    if municipality is not None:
        yield f"{PLACE}{municipality}"


ARTICLES = frozenset({"al", "el", "ul", "ad", "ed", "ar", "er", "as", "es", "ash", "at", "az", "an", "ur", "ud", "us"})


def joined(words: list[str]) -> list[str]:
    """Neighbours written as one: Abd al-Rahman is Abdirahman without the article, Nour ed-Din is Noureddin with it."""
    bare = [word for word in words if word not in ARTICLES] or words
    neighbours = [one + other for one, other in pairwise(bare)]
    for at in [at for at, word in enumerate(words) if word in ARTICLES]:
        before, after = words[max(at - 1, 0) : at], words[at + 1 : at + 2]
        neighbours += [
            "".join(part) for part in ([*before, words[at]], [words[at], *after], [*before, words[at], *after])
        ]
    return neighbours
