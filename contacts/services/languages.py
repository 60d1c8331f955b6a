"""From what people write about languages to the languages meant."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from contacts.models import Language
from outreach.places.folding import fold

DIVIDERS = re.compile(r"[,;/+&\n]|\s(?:og|and|samt|eller|or)\s", re.IGNORECASE)


class Read(NamedTuple):
    known: list[Language]
    unknown: list[str]


def words_for(language: Language) -> list[str]:
    """Everything people write when they mean it."""
    names = [language.code, language.name_da, language.name_en, language.own_name]
    return [*filter(None, names), *filter(None, language.also.split(", "))]


def read_languages(text: str, languages: Iterable[Language] | None = None) -> Read:
    """The languages that ``text`` names, in Danish, in English or in themselves, and the words that name none."""
    by_word: dict[str, Language] = {}
    for language in Language.objects.all() if languages is None else languages:
        for word in words_for(language):
            by_word.setdefault(fold(word) or word, language)
    known: dict[str, Language] = {}
    unknown: list[str] = []
    for written in filter(None, (part.strip(" .") for part in DIVIDERS.split(text))):
        meant = by_word.get(fold(written) or written)
        if meant:
            known[meant.pk] = meant
        else:
            unknown.append(written)
    return Read(list(known.values()), unknown)
