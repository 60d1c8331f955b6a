"""A place is found however people spell it."""

from datetime import date

import pytest

from outreach.places.finding import find
from outreach.places.loading import load_places

DAY = date(2026, 11, 23)


@pytest.fixture
def places(db):
    load_places()


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Aarhus", "Aarhus"),
        ("Århus", "Aarhus"),
        ("arhus", "Aarhus"),
        ("ÅRHUS", "Aarhus"),
        ("København", "København"),
        ("Koebenhavn", "København"),
        ("kobenhavn", "København"),
        ("høje taastrup", "Høje-Taastrup"),
        ("Hoeje-Tåstrup", "Høje-Taastrup"),
        ("ærø", "Ærø"),
        ("Aeroe", "Ærø"),
        ("Lyngby", "Lyngby-Taarbæk"),
        ("  Brønderslev ", "Brønderslev"),
    ],
)
def test_any_spelling_finds_the_municipality(places, written, name):
    assert [place.name for place in find(written, DAY).places] == [name]


@pytest.mark.parametrize("nothing", ["", "   ", "---", "!", "\x00", "🙂"])
def test_nothing_finds_nothing(places, nothing):
    assert find(nothing, DAY) == ([], [])
