"""Finding a place by what a person typed: any spelling, a whole phrase, or a slip of the keyboard."""

from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from .folding import danish_order, fold
from .models import Municipality, Place, PoliceDistrict, Region

LONGEST = 100  # more than any name; what follows is not read
WORDS_FOR_MUNICIPALITY = {"kommune", "kommunen", "regionskommune", "municipality", "of", "in", "i", "the"}
IN_ENGLISH = {"copenhagen": "kobenhavn", "elsinore": "helsingor", "zealand": "sjalland", "funen": "fyn"}

LONGEST_WHOLE = 3  # letters of a word that may be nothing but a name: "Als" is no genitive
# Towns that people look for, whose municipality has another name; folded, as key_of has them.
TOWNS = {
    "aroskobing": ["Ærø"],
    "bogense": ["Nordfyns"],
    "ebeltoft": ["Syddjurs"],
    "farum": ["Furesø"],
    "frederiksvark": ["Halsnæs"],
    "grena": ["Norddjurs"],
    "grindsted": ["Billund"],
    "haslev": ["Faxe"],
    "helsinge": ["Gribskov"],
    "hobro": ["Mariagerfjord"],
    "kastrup": ["Tårnby"],
    "maribo": ["Lolland"],
    "nakskov": ["Lolland"],
    "nykobing": ["Guldborgsund", "Morsø", "Odsherred"],
    "nykobing falster": ["Guldborgsund"],
    "nykobing mor": ["Morsø"],
    "nykobing sjalland": ["Odsherred"],
    "ronne": ["Bornholm"],
    "rudkobing": ["Langeland"],
    "stovring": ["Rebild"],
}


class Found(NamedTuple):
    """``places`` are those meant; ``suggestions`` have names that resemble, where none was found."""

    places: list[Place]
    suggestions: list[Place]


def key_of(text: str) -> str:
    """What is compared: folded, without words such as "kommune", English names as the Danish ones, no genitives."""
    words = [IN_ENGLISH.get(word, word) for word in fold(text[:LONGEST]).split()]
    return " ".join(_bare(word) for word in words if word not in WORDS_FOR_MUNICIPALITY)


def _bare(word: str) -> str:
    """Without its last s: "Østjylland politi" means Østjyllands Politi."""
    return word.removesuffix("s") if len(word) > LONGEST_WHOLE else word


def find(text: str, day: date) -> Found:
    """Municipalities, police districts and regions of ``day`` that ``text`` may mean; an exact name stands alone.

    A town whose municipality bears another name means that one; a region that is gone is found while none of today is
    meant, and its page says what became of it.
    """
    key = key_of(text)
    if not key:
        return Found([], [])
    places = [place for model in (Municipality, PoliceDistrict, Region) for place in model.objects.on(day)]
    places.sort(key=lambda place: danish_order(place.name))
    names = {key, *map(key_of, TOWNS.get(key, ()))}
    hits = (
        [place for place in places if key_of(place.name) in names]
        or [place for place in places if key in key_of(place.name)]
        or [region for region in Region.objects.filter(valid_to__lt=day) if key in key_of(region.name)]
    )
    return Found(hits, [] if hits else _resembling(key, places))


def _resembling(key: str, places: list[Place]) -> list[Place]:
    by_key = {key_of(place.name): place for place in places if isinstance(place, Municipality)}
    return [by_key[match] for match in get_close_matches(key, by_key, n=5, cutoff=0.7)]
