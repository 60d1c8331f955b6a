"""Find local help: by name in any spelling, and a page for every place."""

from datetime import date

import pytest
import time_machine
from django.apps import apps

from outreach.places.finding import TOWNS, find, key_of
from outreach.places.models import Municipality, PoliceDistrict, Region

from .conftest import words

BEFORE, AFTER = "2026-12-31 12:00Z", "2026-12-31 23:00Z"  # the last is New Year in Denmark


@pytest.fixture(autouse=True)
def site(starting_content):
    pass


def looked_up(client, typed, language="da"):
    address = "/find-lokal-hjaelp/" if language == "da" else "/en/find-local-help/"
    return client.get(address, {"q": typed})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Aarhus", "kommune/aarhus/"),
        ("århus", "kommune/aarhus/"),
        ("Aarhus Kommune", "kommune/aarhus/"),
        ("Københavns Kommune", "kommune/koebenhavn/"),
        ("copenhagen", "kommune/koebenhavn/"),
        ("HELSINGOER", "kommune/helsingoer/"),
        ("hoeje taastrup", "kommune/hoeje-taastrup/"),
        ("bornholm", "kommune/bornholm/"),
        ("ærø", "kommune/aeroe/"),
        ("østjyllands politi", "politikreds/oestjyllands-politi/"),
        ("Københavns Politi", "politikreds/koebenhavns-politi/"),
        ("Bornholms Regionskommune", "kommune/bornholm/"),
        ("Østjylland politi", "politikreds/oestjyllands-politi/"),
        ("Midt og Vestsjælland politi", "politikreds/midt-og-vestsjaellands-politi/"),
        ("Vesthimmerland", "kommune/vesthimmerlands/"),
        ("Rønne", "kommune/bornholm/"),
        ("Nykøbing Mors", "kommune/morsoe/"),
        ("region midtjylland", "region/region-midtjylland/"),
    ],
)
def test_one_place_is_shown_at_once(client, typed, address):
    response = looked_up(client, typed)

    assert response.status_code == 302
    assert response.url == f"/find-lokal-hjaelp/{address}"


def test_several_places_are_listed(read):
    shown = read("/en/find-local-help/?q=frederiks")

    assert [words(row) for row in shown.select(".results li")] == ["Frederiksberg", "Frederikshavn", "Frederikssund"]
    assert words(shown.select_one(".results h2")) == "3 places fit “frederiks”"


def test_a_town_of_a_name_that_three_have_leads_to_each_of_their_municipalities(read):
    results = read("/find-lokal-hjaelp/?q=Nykøbing").select(".results li")

    assert [words(row) for row in results] == ["Guldborgsund", "Morsø", "Odsherred"]


@pytest.mark.parametrize("name", ["Region Hovedstaden", "region sjælland"])
@pytest.mark.parametrize(
    ("language", "shown"), [("da", "Regionen begyndte 1. januar 2027."), ("en", "This region began")]
)
def test_whoever_looks_for_a_region_that_is_gone_reads_of_the_one_it_became(client, name, language, shown):
    with time_machine.travel(AFTER):
        found = looked_up(client, name, language)
        page = client.get(found.url, follow=True)

    assert [status for _address, status in page.redirect_chain] == [301]
    assert shown in page.content.decode()
    assert "Region Østdanmark" in page.content.decode()


def test_every_town_leads_to_a_municipality_of_today():
    names = set(Municipality.objects.values_list("name", flat=True))

    assert {name for town in TOWNS.values() for name in town} <= names
    assert {key_of(town) for town in TOWNS} == set(TOWNS)
    assert not set(TOWNS) & {key_of(name) for name in names}


@pytest.mark.parametrize(
    ("typed", "meant"), [("Arhsu", "Aarhus"), ("Rosklide", "Roskilde"), ("Svenborg", "Svendborg"), ("Kbh", None)]
)
def test_a_slip_of_the_keyboard_gets_a_suggestion_and_nothing_gets_help_all_the_same(read, typed, meant):
    results = read(f"/find-lokal-hjaelp/?q={typed}").select_one(".results")

    assert typed in words(results.h2)
    assert "114" in words(results)
    assert (meant in [words(row) for row in results.select("li")]) is (meant is not None)


@pytest.mark.parametrize(
    "query",
    [
        "q=" + "x" * 10_000,
        "q=" + "%C3%A6" * 10_000,
        "q=%ff%fe%80",
        "q=%00",
        "q=%ED%A0%80",
        "q=<script>alert(1)</script>",
        "q='; DROP TABLE places_municipality; --",
        "q=🙂",
        "q=%E2%80%AEsuhraA",
        "q[]=a&q=&q",
        "",
    ],
)
@pytest.mark.parametrize("address", ["/find-lokal-hjaelp/", "/en/find-local-help/"])
def test_whatever_is_typed_gets_a_page_that_helps(client, address, query):
    response = client.get(f"{address}?{query}")

    assert response.status_code == 200
    assert b"Aarhus" in response.content
    assert b"<script>alert" not in response.content
    assert len(response.content) < 60_000


def test_nothing_of_what_is_typed_is_kept(client):
    def rows():
        return {model._meta.label: model.objects.count() for model in apps.get_models()}

    before = rows()
    looked_up(client, "Aarhsu")

    assert rows() == before


def test_what_was_typed_stands_in_the_field_and_follows_the_language_switch(read):
    page = read("/find-lokal-hjaelp/?q=Arhsu")

    assert page.select_one("#municipality")["value"] == "Arhsu"
    assert page.select_one(".lang a")["href"] == "/en/find-local-help/?q=Arhsu"


def test_all_districts_and_municipalities_are_listed(read):
    for address in ("/find-lokal-hjaelp/", "/en/find-local-help/"):
        page = read(address)

        assert len(page.select(".districts h3")) == 12
        assert len(page.select(".districts li li")) == 98


def test_names_stand_in_danish_order(read):
    assert [words(row) for row in read("/find-lokal-hjaelp/").select(".districts h3")][-3:] == [
        "Sydsjællands og Lolland-Falsters Politi",
        "Sydøstjyllands Politi",
        "Østjyllands Politi",
    ]


@pytest.mark.once
def test_every_place_has_a_page_in_both_languages(client):
    kinds = {Municipality: ("kommune", "municipality"), PoliceDistrict: ("politikreds", "police-district")}
    kinds[Region] = ("region", "region")
    for model, (danish, english) in kinds.items():
        for place in model.objects.all():
            for address in (
                f"/find-lokal-hjaelp/{danish}/{place.slug}/",
                f"/en/find-local-help/{english}/{place.slug}/",
            ):
                response = client.get(address)

                assert response.status_code == 200, address
                assert place.name in response.content.decode()


def test_a_municipality_says_whom_to_ask_for_and_where_it_belongs(read):
    page = read("/find-lokal-hjaelp/kommune/aarhus/")

    assert "Ring 114, og spørg efter infohuset i Østjyllands Politi." in words(page.main)
    assert page.select_one('.contact a[href="tel:114"]')
    facts = {words(row.th): words(row.td) for row in page.select(".facts tr")}
    assert facts == {"Politikreds": "Østjyllands Politi", "Region": "Region Midtjylland", "Kommunenummer": "751"}


def test_a_municipality_changes_region_at_midnight_on_new_years_eve(read):
    def region():
        return words(read("/find-lokal-hjaelp/kommune/roskilde/").select(".facts td")[1])

    with time_machine.travel(BEFORE, tick=False):
        assert region() == "Region Sjælland Region Østdanmark fra 1. januar 2027"
    with time_machine.travel(AFTER, tick=False):
        assert region() == "Region Østdanmark"


def test_a_region_that_ends_says_so_and_its_address_leads_to_what_follows(read, client):
    with time_machine.travel(BEFORE, tick=False):
        before = words(read("/find-lokal-hjaelp/region/region-sjaelland/").select_one(".callout"))
        coming = words(read("/find-lokal-hjaelp/region/region-oestdanmark/").select_one(".callout"))
        listed = [words(row) for row in read("/find-lokal-hjaelp/").select("section:last-of-type .places li")]
    with time_machine.travel(AFTER, tick=False):
        after = client.get("/find-lokal-hjaelp/region/region-sjaelland/")
        listed_after = [words(row) for row in read("/find-lokal-hjaelp/").select("section:last-of-type .places li")]

    assert before == (
        "Regionen findes til og med 31. december 2026. Derefter hører kommunerne til Region Østdanmark ."
    )
    assert coming == (
        "Regionen findes fra 1. januar 2027. Indtil da hører kommunerne til Region Hovedstaden og Region Sjælland ."
    )
    assert (after.status_code, after["Location"]) == (301, "/find-lokal-hjaelp/region/region-oestdanmark/")
    assert after["Cache-Control"] == "public, max-age=60"
    assert (len(listed), len(listed_after)) == (5, 4)


@pytest.mark.parametrize("kind", ["kommune", "politikreds", "region"])
def test_a_place_nobody_knows_is_answered_with_all_there_are(read, kind):
    shown = read(f"/find-lokal-hjaelp/{kind}/atlantis/", status=404)

    assert words(shown.select_one(".results h2")) == "Vi kender ikke noget sted, der hedder ”atlantis”"
    assert len(shown.select(".districts > li")) == 12
    assert not shown.select("link[rel=canonical], link[hreflang]")


def test_an_address_in_another_spelling_leads_to_the_place(read):
    shown = read("/find-lokal-hjaelp/kommune/Arhus/", status=404)

    assert [link["href"] for link in shown.select(".results a")] == ["/find-lokal-hjaelp/kommune/aarhus/"]


def test_looking_up_takes_no_post(client):
    assert client.post("/find-lokal-hjaelp/", {"q": "Aarhus"}).status_code == 405


def test_a_name_that_is_exact_stands_before_those_it_is_part_of():
    found = find("Region Sjælland", date(2026, 12, 31))

    assert [place.name for place in found.places] == ["Region Sjælland"]
