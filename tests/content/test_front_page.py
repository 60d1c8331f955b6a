"""The front page: whom to call, and the way to everything else."""

from datetime import date

import pytest
import time_machine

from content import registries
from content.models import NewsPage
from content.models.readers import READERS

from .conftest import add_page, links, page_at, words

NOON, LATE = "2026-11-23 11:00Z", "2026-11-23 22:30Z"


def test_danish_stands_at_the_root_and_english_beside_it(starting_content, read):
    assert read("/").select_one("h1").string == "Er du bekymret for nogen?"
    assert read("/en/").select_one("h1").string == "Are you worried about someone?"


def test_the_front_page_shows_whom_to_call_before_anything_else(starting_content, read):
    with time_machine.travel(NOON, tick=False):
        page = read("/")

    assert [words(call.select_one(".n")) for call in page.select(".call")] == ["112", "114", "41 74 90 90"]
    assert links(page.select_one(".call.h")) == ["tel:+4541749090"]
    assert "Åben nu · til kl. 22" in words(page.select_one(".call.h"))
    assert page.select_one("main").find(class_="band").find_previous(class_="calls")


def test_a_closed_hotline_says_when_it_opens_and_names_114(starting_content, read):
    with time_machine.travel(LATE, tick=False):
        danish, english = read("/"), read("/en/")

    assert "Lukket · åbner kl. 08" in words(danish.select_one(".call.h"))
    assert "Kan det ikke vente, så ring 114" in words(danish.select_one(".call.h"))
    assert "Closed · opens at 08:00" in words(english.select_one(".call.h"))


def test_each_reader_finds_the_pages_written_for_them(starting_content, read):
    cards = read("/").select(".who a")
    assert [card["href"] for card in cards] == [reader.url for reader in READERS]

    page = read("/for/familie-og-venner/")

    assert page_at("bekymret", "som-foraelder").url in links(page.main)
    assert read("/en/for/family-and-friends/").html["lang"] == "en"


def test_the_front_page_lists_guidance_and_counts_places_from_the_database(starting_content, read):
    page = read("/")

    assert len(page.select(".mist .guides li")) == 6
    assert [words(fact) for fact in page.select(".facts3 li")] == ["98 kommuner", "12 politikredse", "12 infohuse"]


@pytest.mark.parametrize(("address", "title"), [("/", "EXIT"), ("/en/", "EXIT"), ("/om/pyramiden/", "Direkte")])
def test_each_level_of_the_pyramid_leads_to_its_text_and_stands_in_words_beside_it(
    starting_content, read, address, title
):
    page = read(address)
    drawing = page.select_one("svg.pyramid")
    levels = drawing.select("a")

    assert len(levels) == 3
    assert levels[0].select_one("text").string == title
    beside = [words(term) for term in page.select("main dl dt")]
    assert [words(level.select_one("text")) for level in levels] == beside[:3]
    for level in levels:
        read(level["href"])


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("/hvem-goer-hvad/den-danske-model/", ["Nationale myndigheder", "Infohuset", "Politi"]),
        ("/en/who-does-what/the-danish-model/", ["National authorities", "The info-house", "Police"]),
    ],
)
def test_each_place_in_the_danish_model_leads_to_its_text_and_stands_in_words_beside_it(
    starting_content, read, address, titles
):
    page = read(address)
    places = page.select("svg.pyramid a")

    assert [words(place.select_one("text")) for place in places][:3] == titles
    assert [words(place.select_one("text")) for place in places] == [words(term) for term in page.select(".levels dt")]
    assert len(places) == 7
    for place in places:
        read(place["href"])


def test_what_an_app_above_puts_on_the_front_page_stands_there_in_the_language(starting_content, read, monkeypatch):
    asked = []

    def panel(request, language):
        asked.append(language)
        return "content/_crumbs.html", {"here": f"Panel {language}"}

    monkeypatch.setattr(registries, "front_panels", [panel, lambda request, language: None])
    monkeypatch.setattr("content.models.pages.front_panels", registries.front_panels)

    assert "Panel en" in words(read("/en/").select_one(".two .panels"))
    assert asked == ["en"]


def test_the_front_page_tells_the_three_latest_pieces_of_news(starting_content, read):
    archive = page_at("om", "nyheder")
    for year in (2025, 2027, 2026):
        add_page(archive, f"nyt-{year}", NewsPage, date=date(year, 12, 1))

    news = [words(row) for row in read("/").select(".latest li")]

    assert news == [
        "Nyt-2027 1. december 2027",
        "Nyt-2026 1. december 2026",
        "Fra nytår er der fire regioner 23. november 2026",
    ]
    assert archive.url in links(read("/").select_one(".asides"))
    assert len(read("/en/").select(".latest li")) == 1


def test_without_news_the_front_page_says_nothing_of_it(starting_content, read):
    for page in NewsPage.objects.all():
        page.unpublish()

    assert "Nyheder" not in words(read("/").main)
