"""One key for the many ways a name of another script is written in Latin letters.

Mohammed, Muhammad, Maxamed and Mehmet are one name: romanised from Arabic, by Somali, by Turkish spelling. The rules
work on folded words (``outreach.places.folding``: ş is s, ı is i) and keep the consonants by how they sound:

- written several ways: kh, x and ch; q, k, g and gh; sh, ş, sch and s; z and s; dj, dž, c and j; ph and f; w and v;
- voiced or not, as at the end of Turkish words: t and d, p and b, k and g (Murad, Murat); th and dh with them;
- a letter that is another one in another language stands for each: c is ʿayn in Somali (Cali), j in Turkish (Cemal), k
  or s elsewhere; x is ḥ in Somali and ks; z is d for ḍ (Ramazan, Ramadan); j is y in Bosnian (Jusuf); dj is also đ,
  which is folded to d;
- doubled letters are one; a vowel counts only where it begins the word, a and e alike, o and u, i and e;
- an h at the end is not heard (Fatimah), m and n end alike (Maryam, Maryan), w after a vowel comes and goes (Daoud).

So a word has a few keys, and two words sound alike when they share one. No library knows these names: Soundex,
Metaphone and their kin are made for English.
"""

import re
from functools import lru_cache
from itertools import islice, product

MOST_KEYS, MOST_READINGS = 12, 64
LONGEST = 24  # letters of a word that is listened to

# What is written with several letters, longest first, and what is heard: each letter one sound; "/" parts readings.
HEARD = {
    "tsch": "j/s", "sch": "s/sh/sk", "dsch": "j", "tch": "j/s", "dzh": "j",
    "sh": "s", "kh": "h/k", "gh": "k/", "ch": "s/h/k", "ph": "f", "th": "d/s", "dh": "d/s", "dj": "j/d", "dz": "j",
    "kj": "k", "gj": "k/j", "ck": "k", "tj": "d/j", "zh": "j/s", "xh": "j/h", "qu": "k/kv",
    "b": "b", "p": "b", "d": "d", "t": "d", "f": "f", "g": "k/j", "k": "k", "q": "k", "h": "h", "l": "l", "m": "m",
    "n": "n", "r": "r", "s": "s", "z": "s/d", "v": "v", "w": "v", "x": "h/ks",
}  # fmt: skip
SERVANT = re.compile(r"^(c?abd)[aeiou]l(?=[^aeiouy])")  # Abdulrahman is said Abdurrahman, Abdulkadir also Cabdiqaadir
WEST = re.compile(r"^ou(?=[aeiy])")  # Ouali is Wali
SPELLINGS = re.compile("|".join(sorted(HEARD, key=len, reverse=True)) + "|.")
AYN = {"a": "a", "e": "a/i", "i": "i/u", "o": "u", "u": "u"}  # and the vowel after it: Cismaan is Osman
BEGINNINGS = {"a": "a", "e": "a/i", "i": "i", "y": "y", "o": "u", "u": "u"}
VOWEL = "-"  # keeps what stands on both sides of it apart
VOWELS = frozenset("aeiouy")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
SOFTENS = frozenset("eiy")  # a c before one of these is an s in Danish and English


@lru_cache(maxsize=4096)
def sounds(word: str) -> frozenset[str]:
    """The keys of a folded word: words that sound alike share one. None for a word in another script.

    >>> sounds("mohammed") & sounds("maxamed") != set()
    True
    """
    word = WEST.sub("w", SERVANT.sub(r"\1", re.sub(r"(.)\1+", r"\1", word[:LONGEST])))
    if set(word) - LETTERS or not word:
        return frozenset()
    readings = product(*(part.split("/") for part in _parts(word)))
    keys = (_key("".join(reading), word) for reading in islice(readings, MOST_READINGS))
    return frozenset(islice(dict.fromkeys(key for key in keys if len(key) > 1), MOST_KEYS))


def _parts(word: str) -> list[str]:
    """What each spelling of the word is heard as."""
    parts = []
    for match in SPELLINGS.finditer(word):
        at, spelled, after = match.start(), match.group(), word[match.end() : match.end() + 1]
        before = word[at - 1 : at]
        if spelled in VOWELS:
            parts.append(BEGINNINGS[spelled] if at == 0 else VOWEL)
        elif spelled == "c":
            ayn = AYN.get(after, "") if at == 0 else ""  # its vowel is heard where it begins a word
            parts.append(f"{ayn}/j/k/s" if after and after in SOFTENS else f"{ayn}/j/k")
        elif spelled == "j":
            parts.append("j/y" if at == 0 else "j/")
        elif spelled in "vw" and before and before in VOWELS:
            parts.append("v/")
        else:
            parts.append(HEARD.get(spelled, ""))
    return parts


def _key(spoken: str, word: str) -> str:
    """Doubled sounds once, the end as it is heard; with its first vowel when there is next to nothing else."""
    key = re.sub(r"(.)\1+", r"\1", spoken).replace(VOWEL, "")
    if len(key) > 1 and key.endswith("h"):
        key = key[:-1]
    if len(key) > 1 and key.endswith("m"):
        key = key[:-1] + "n"
    if len(key) < 2:
        key += next((BEGINNINGS[letter][0] for letter in word if letter in VOWELS), "")
    return key
