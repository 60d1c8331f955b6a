"""What the guard finds and what it lets pass, measured on a corpus of real shapes."""

from pathlib import Path
from typing import NamedTuple

import pytest

from outreach.privacy.numbers import contains_cpr

CORPUS = Path(__file__).with_name("shapes.txt")
MOST_FALSE_ALARMS = 0.01


class Shape(NamedTuple):
    kind: str
    name: str
    text: str


def shapes():
    lines = [line for line in CORPUS.read_text().splitlines() if line and not line.startswith("#")]
    parts = [line.split("\t", 2) for line in lines]
    return [
        Shape(kind, name, text.encode("latin-1", "backslashreplace").decode("unicode_escape"))
        for kind, name, text in parts
    ]


NUMBERS = [shape for shape in shapes() if shape.kind == "number"]
HARMLESS = [shape for shape in shapes() if shape.kind == "harmless"]


def test_the_corpus_is_large_and_at_least_half_of_it_is_harmless():
    assert len(NUMBERS) + len(HARMLESS) == len(shapes()) >= 300
    assert len(HARMLESS) >= len(NUMBERS)
    assert len({shape.text for shape in shapes()}) == len(shapes())


@pytest.mark.parametrize("shape", NUMBERS, ids=lambda shape: shape.name)
def test_a_civil_registration_number_is_found(shape):
    assert contains_cpr(shape.text)


def test_one_harmless_shape_in_a_hundred_is_taken_for_a_number_at_most():
    """Dates and times written as DDMMYY HHMM are what a number is defined to be; nothing else may be."""
    alarms = [shape.name for shape in HARMLESS if contains_cpr(shape.text)]

    assert len(alarms) / len(HARMLESS) <= MOST_FALSE_ALARMS, alarms
    assert set(alarms) == {"compact date and time", "compact date, dash and time", "year, month, day, and time"}
