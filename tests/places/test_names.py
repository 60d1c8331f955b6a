"""A place is found however people spell it."""

import pytest

from outreach.places.loading import load_places
from outreach.places.models import Municipality


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
    assert [place.name for place in Municipality.objects.named(written)] == [name]


@pytest.mark.parametrize("nothing", ["", "   ", "---", "!", "\x00", "🙂"])
def test_nothing_finds_nothing(places, nothing):
    assert not Municipality.objects.named(nothing).exists()
