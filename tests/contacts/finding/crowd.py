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


def moved_in(called: list[str], owner) -> None:
    """Keep a person of each name."""
    people = [Person(name=name, owner=owner, source="a list", purpose="dialogue") for name in called]
    for person in people:
        person.derive()
    Person.objects.bulk_create(people, batch_size=500)
