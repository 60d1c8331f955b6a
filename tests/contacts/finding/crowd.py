"""Several thousand people with names of many origins, and what is asked of them. Seeded: the same in every run."""

import random
from pathlib import Path
from typing import NamedTuple

import yaml

from contacts.models import Person
from tools.bench.crm.names import FAMILY, GIVEN

CROWD, SLIPS = 4000, 200
LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
PAIRS = yaml.safe_load(Path(__file__).with_name("romanised.yaml").read_text())
SPELLINGS = yaml.safe_load(Path(__file__).with_name("spellings.yaml").read_text())


class Slip(NamedTuple):
    """A name, and the name with one edit in one of its words."""

    name: str
    typed: str


def names(rng: random.Random, count: int) -> list[str]:
    """Different names, of two or three words."""
    found: dict[str, None] = {}
    while len(found) < count:
        given = rng.sample(GIVEN, rng.choice([1, 1, 1, 2]))
        found[" ".join([*given, rng.choice(FAMILY)])] = None
    return list(found)


def slip(rng: random.Random, name: str) -> Slip:
    """One letter more, less, another, or two swapped: in any word, the first letter included."""
    words = name.split()
    at = rng.choice([at for at, word in enumerate(words) if len(word) > 2])
    while True:
        words[at] = typed = mistyped(rng, name.split()[at])
        if typed != name.split()[at]:
            return Slip(name, " ".join(words))


def mistyped(rng: random.Random, word: str) -> str:
    place, letter = rng.randrange(len(word)), rng.choice(LETTERS)
    swapped = word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :]
    return rng.choice(
        [
            word[:place] + letter + word[place:],
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place + 1 :],
            swapped,
        ]
    )


def without_a_space(rng: random.Random, name: str) -> str:
    words = name.split()
    at = rng.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def with_a_space(_rng: random.Random, name: str) -> str:
    """The longest word as two."""
    longest = max(name.split(), key=len)
    half = len(longest) // 2
    return name.replace(longest, f"{longest[:half]} {longest[half:]}")


def last_name_first(rng: random.Random, name: str) -> str:
    """With one edit besides."""
    *given, family = slip(rng, name).typed.split()
    return " ".join([family, *given])


CHANGES = {
    "a space less": without_a_space,
    "a space more": with_a_space,
    "a hyphen": lambda _rng, name: name.replace(" ", "-"),
    "another order": last_name_first,
}


def moved_in(called: list[str], owner) -> None:
    """Keep a person of each name."""
    people = [Person(name=name, owner=owner, source="a list", purpose="dialogue") for name in called]
    for person in people:
        person.derive()
    Person.objects.bulk_create(people, batch_size=500)
