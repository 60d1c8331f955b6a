"""Denmark's places, and the day two regions become one."""

from datetime import date

import pytest

from outreach.places.folding import slug_of
from outreach.places.loading import load_places
from outreach.places.models import Municipality, PoliceDistrict, Region, RegionMembership

LAST_DAY, NEXT_DAY = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def places(db):
    load_places()


def test_there_are_98_municipalities_in_12_police_districts(places):
    assert Municipality.objects.count() == 98
    sizes = [district.municipalities.count() for district in PoliceDistrict.objects.all()]
    assert sorted(sizes, reverse=True) == [13, 11, 11, 10, 10, 9, 8, 7, 7, 7, 4, 1]


def test_there_are_five_regions_until_new_year_and_four_from_then_on(places):
    assert Region.objects.on(LAST_DAY).count() == 5
    assert set(Region.objects.on(NEXT_DAY).values_list("name", flat=True)) == {
        "Region Midtjylland",
        "Region Nordjylland",
        "Region Syddanmark",
        "Region Østdanmark",
    }


@pytest.mark.parametrize("day", [LAST_DAY, NEXT_DAY])
def test_every_municipality_belongs_to_exactly_one_region_on_any_day(places, day):
    members = [row.municipality_id for row in RegionMembership.objects.all() if row.holds_on(day)]

    assert len(members) == len(set(members)) == 98


def test_a_municipality_on_zealand_changes_region_at_new_year(places):
    memberships = RegionMembership.objects.filter(municipality__name="Roskilde")

    assert [row.region.name for row in memberships if row.holds_on(LAST_DAY)] == ["Region Sjælland"]
    assert [row.region.name for row in memberships if row.holds_on(NEXT_DAY)] == ["Region Østdanmark"]


def test_loading_again_makes_nothing_twice_and_keeps_a_corrected_name(places):
    Municipality.objects.filter(name="Aarhus").update(slug="aarhus-kommune")

    load_places()

    assert Municipality.objects.count() == 98
    assert RegionMembership.objects.count() == 98 + 29 + 17
    assert Municipality.objects.get(name="Aarhus").slug == "aarhus-kommune"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Østjyllands Politi", "oestjyllands-politi"),
        ("Ærø", "aeroe"),
        ("Ishøj", "ishoej"),
        ("Høje-Taastrup", "hoeje-taastrup"),
        ("Tårnby", "taarnby"),
    ],
)
def test_addresses_are_spelled_as_people_spell_without_danish_letters(name, slug):
    assert slug_of(name) == slug
