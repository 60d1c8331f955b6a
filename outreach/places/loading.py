"""Load the 98 municipalities, 12 police districts and the regions from the list beside this file."""

import csv
from datetime import date, timedelta
from pathlib import Path

from django.db import transaction

from .folding import fold, slug_of
from .models import Municipality, Place, PoliceDistrict, Region, RegionMembership

LIST = Path(__file__).parent / "data" / "municipalities.csv"

# On this day two regions become one (product.md, "who does what").
MERGER = date(2027, 1, 1)
MERGED = {"Region Hovedstaden": "Region Østdanmark", "Region Sjælland": "Region Østdanmark"}


@transaction.atomic
def load_places() -> None:
    """Make what is missing and nothing twice. A place that is there already is left as it is."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    last_day = MERGER - timedelta(days=1)
    regions = _ensure(
        Region,
        {
            **{row["region"]: {"valid_to": last_day if row["region"] in MERGED else None} for row in rows},
            **{name: {"valid_from": MERGER} for name in MERGED.values()},
        },
    )
    districts = _ensure(PoliceDistrict, {row["police_district"]: {} for row in rows})
    municipalities = _ensure(
        Municipality,
        {row["name"]: {"code": row["code"], "police_district": districts[row["police_district"]]} for row in rows},
    )
    _ensure_memberships(rows, municipalities, regions)


def _ensure(model: type[Place], wanted: dict[str, dict]) -> dict[str, Place]:
    """The places of these names, with the missing ones made."""
    present = {place.name: place for place in model.objects.filter(name__in=wanted)}
    missing = [
        model(name=name, slug=slug_of(name), search_key=fold(name), **fields)
        for name, fields in wanted.items()
        if name not in present
    ]
    return present | {place.name: place for place in model.objects.bulk_create(missing)}


def _ensure_memberships(rows: list[dict], municipalities: dict, regions: dict) -> None:
    """Each municipality in its region, and from the merger on in the merged one."""
    wanted = []
    for row in rows:
        municipality, merged = municipalities[row["name"]], MERGED.get(row["region"])
        last_day = MERGER - timedelta(days=1) if merged else None
        wanted.append(RegionMembership(municipality=municipality, region=regions[row["region"]], valid_to=last_day))
        if merged:
            wanted.append(RegionMembership(municipality=municipality, region=regions[merged], valid_from=MERGER))
    present = set(RegionMembership.objects.values_list("municipality_id", "region_id"))
    RegionMembership.objects.bulk_create(
        membership for membership in wanted if (membership.municipality_id, membership.region_id) not in present
    )
