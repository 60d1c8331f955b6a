"""Words of running text with one letter wrong: what they may have been meant as, in the words of a title or summary.

Names have keys of their own for this (``words``). Texts are far more, and share their words: the database keeps a list
of those (``near_words``), and ``keys`` finds in it what ``pattern`` then tests.
"""

from functools import lru_cache

SHORTEST = 4  # letters of a word that may be mistyped
SHORTEST_BEGINNING = 6  # letters of a mistyped beginning: "ungdomsklbu" for "ungdomsklubben"
LONGEST = 24
KEYED = 6  # letters of a word its keys are made of


def may_be_mistyped(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and not any(char.isdecimal() for char in word)


def keys(word: str) -> frozenset[str]:
    """The beginning of the word, and the beginning with one letter left out.

    A word and what it was mistyped as share one of these, also where it is only the beginning of a longer one.
    """
    start = word[:KEYED]
    return frozenset([start, *(start[:at] + start[at + 1 :] for at in range(len(start)))])


@lru_cache(maxsize=512)
def pattern(word: str) -> str:
    """Matches the folded words, each with a space before it, that are ``word`` with at most one letter more, less or
    another, or two neighbours swapped; a long one may go on. Letters only, so no sign in it means anything else."""
    cuts = range(len(word))
    meant = [
        word,
        *(word[:at] + word[at + 1 :] for at in cuts),
        *(f"{word[:at]}[^ ]{word[at + 1 :]}" for at in cuts),
        *(f"{word[:at]}[^ ]{word[at:]}" for at in range(len(word) + 1)),
        *(word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in cuts[:-1]),
    ]
    end = "" if len(word) >= SHORTEST_BEGINNING else "( |$)"
    return f" ({'|'.join(dict.fromkeys(meant))}){end}"
