"""Find local help: the municipalities, police districts and regions, and whom to ask for there."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from content.addresses import Crumb, place_href
from content.caching import LONGEST as LONGEST_KEPT
from content.caching import public_page
from content.models import SectionPage
from content.tree import Tree
from outreach.links import public_href
from outreach.places.finding import LONGEST, Found, find
from outreach.places.folding import danish_order
from outreach.places.models import Municipality, Place, PoliceDistrict, Region, RegionMembership


def surroundings(request: HttpRequest, *, below: bool = True) -> dict:
    """The marked word of the navigation, the way back, and the way to who does what."""
    tree, language = Tree.of(request), translation.get_language()
    home = tree.home(language)
    above = Crumb(_("Find local help"), public_href("content:local_help"))
    return {
        "nav_current": "local-help",
        "crumbs": [*([home] if home else []), *([above] if below else [])],
        "who": tree.part(SectionPage.Part.WHO_DOES_WHAT, language),
    }


def in_order(places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: danish_order(place.name))


@require_safe
@public_page
def local_help(request: HttpRequest) -> HttpResponse:
    """Every district with its municipalities, and the answer to ``?q=``: one hit is a redirect, nothing is kept."""
    today = timezone.localdate()
    typed = "".join(char if char.isprintable() else " " for char in request.GET.get("q", "")[:LONGEST]).strip()
    found = find(typed, today) if typed else None
    if found and len(found.places) == 1:
        return redirect(place_href(found.places[0]))
    return _everywhere(request, typed, found)


def _unknown(request: HttpRequest, slug: str) -> HttpResponse:
    """No place has this address: those whose names resemble it, and all the others."""
    typed = slug.replace("-", " ")[:LONGEST]
    return _everywhere(request, typed, find(typed, timezone.localdate()), status=404)


def _everywhere(request: HttpRequest, typed: str, found: Found | None, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    districts = in_order(PoliceDistrict.objects.on(today).prefetch_related("municipalities"))
    context = {
        "typed": typed,
        "found": found,
        "districts": [(district, in_order(district.municipalities.all())) for district in districts],
        "regions": in_order(Region.objects.on(today)),
    }
    if status != 200:
        context |= {"canonical_url": "", "alternates": []}
    return render(request, "content/local_help.html", surroundings(request, below=False) | context, status=status)


@require_safe
@public_page
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    place = Municipality.objects.on(today).select_related("police_district").filter(slug=slug).first()
    if place is None:
        return _unknown(request, slug)
    memberships = place.region_memberships.select_related("region").order_by("valid_from")
    context = {
        "place": place,
        "district": place.police_district,
        "region": next((row.region for row in memberships if row.holds_on(today)), None),
        "next": next((row for row in memberships if row.valid_from and row.valid_from > today), None),
        "neighbours": in_order(
            other for other in place.police_district.municipalities.on(today) if other.pk != place.pk
        ),
    }
    return render(request, "content/municipality.html", surroundings(request) | context)


@require_safe
@public_page
def police_district(request: HttpRequest, slug: str) -> HttpResponse:
    today = timezone.localdate()
    district = PoliceDistrict.objects.on(today).filter(slug=slug).first()
    if district is None:
        return _unknown(request, slug)
    context = {"place": district, "municipalities": in_order(district.municipalities.on(today))}
    return render(request, "content/police_district.html", surroundings(request) | context)


@require_safe
@public_page
def region(request: HttpRequest, slug: str) -> HttpResponse:
    """Also of a region still to come: its page says so. The address of one that is gone leads to what it became."""
    today = timezone.localdate()
    place = Region.objects.filter(slug=slug).first()
    if place is None:
        return _unknown(request, slug)
    successor = _successor(place) if place.valid_to else None
    if successor and place.is_gone_on(today):
        moved = redirect(place_href(successor), permanent=True)
        patch_cache_control(moved, public=True, max_age=int(LONGEST_KEPT.total_seconds()))
        return moved
    members = Municipality.objects.filter(region_memberships__region=place).select_related("police_district")
    municipalities = in_order(members)
    context = {
        "place": place,
        "is_gone": place.is_gone_on(today),
        "is_to_come": place.is_to_come_on(today),
        "successor": successor,
        "predecessors": in_order(_predecessors(place)) if place.valid_from else [],
        "municipalities": municipalities,
        "districts": in_order({municipality.police_district for municipality in municipalities}),
    }
    return render(request, "content/region.html", surroundings(request) | context)


def _predecessors(place: Region) -> Iterable[Region]:
    """The regions its municipalities belonged to before its first day."""
    earlier = RegionMembership.objects.filter(
        municipality__region_memberships__region=place, valid_to__lt=place.valid_from
    ).select_related("region")
    return {row.region for row in earlier}


def _successor(place: Region) -> Region | None:
    """The region its municipalities belong to after its last day."""
    later = RegionMembership.objects.filter(
        municipality__region_memberships__region=place, valid_from__gt=place.valid_to
    ).select_related("region")
    return next((row.region for row in later[:1]), None)
