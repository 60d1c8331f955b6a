"""Finding a place by what a person typed: any spelling, a whole phrase, or a slip of the keyboard."""

from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from .folding import danish_order, fold
from .models import Municipality, Place, PoliceDistrict, Region

LONGEST = 100  # more than any name; what follows is not read
WORDS_FOR_MUNICIPALITY = {"kommune", "kommunen", "municipality", "of", "in", "i", "the"}
IN_ENGLISH = {"copenhagen": "kobenhavn", "elsinore": "helsingor", "zealand": "sjalland", "funen": "fyn"}


class Found(NamedTuple):
    """``places`` are those meant; ``suggestions`` have names that resemble, where none was found."""

    places: list[Place]
    suggestions: list[Place]


def key_of(text: str) -> str:
    """What is compared: folded, without words such as "kommune", English names as the Danish ones."""
    words = [IN_ENGLISH.get(word, word) for word in fold(text[:LONGEST]).split()]
    return " ".join(word for word in words if word not in WORDS_FOR_MUNICIPALITY)


def find(text: str, day: date) -> Found:
    """Municipalities, police districts and regions of ``day`` that ``text`` may mean; an exact name stands alone."""
    key = key_of(text)
    if not key:
        return Found([], [])
    places = [place for model in (Municipality, PoliceDistrict, Region) for place in model.objects.on(day)]
    places.sort(key=lambda place: danish_order(place.name))
    keys = {key, key.removesuffix("s")}  # "Københavns Kommune" means København
    exact = [place for place in places if place.search_key in keys]
    hits = exact or [place for place in places if key in place.search_key]
    return Found(hits, [] if hits else _resembling(key, places))


def _resembling(key: str, places: list[Place]) -> list[Place]:
    by_key = {place.search_key: place for place in places if isinstance(place, Municipality)}
    return [by_key[match] for match in get_close_matches(key, by_key, n=5, cutoff=0.6)]
