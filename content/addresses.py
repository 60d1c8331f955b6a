"""Where places are read, and the way back from them."""

from typing import NamedTuple

from outreach.links import public_href, public_path
from outreach.places.models import Municipality, Place, PoliceDistrict, Region

VIEWS = {Municipality: "content:municipality", PoliceDistrict: "content:police_district", Region: "content:region"}


class Crumb(NamedTuple):
    """One step of the way back; a node of the tree serves as well."""

    title: str
    url: str


def place_href(place: Place) -> str:
    return public_href(VIEWS[type(place)], place.slug)


def place_path(place: Place) -> str:
    """The same on the public site, without its host."""
    return public_path(VIEWS[type(place)], place.slug)
