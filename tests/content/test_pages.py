"""The pages a visitor reads, in both languages."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from content import registries
from content.caching import public_page
from content.models import ContactChannel, GuidancePage, StandardPage
from content.models.readers import READERS
from content.tree import Tree

from .conftest import TEST_TEXT, add_page, add_section, home, page_at, words

NOON, LATE = "2026-11-23 11:00Z", "2026-11-23 22:30Z"


def links(element):
    return [link["href"] for link in element.select("a")]


def test_every_page_answers_in_its_language_and_names_itself_and_its_translation(starting_content, read, settings):
    nodes = Tree.load().nodes
    assert len(nodes) > 40
    for node in nodes:
        page = read(node.url)

        assert page.html["lang"] == node.language
        assert len(page.select("h1")) == 1
        assert page.select_one('link[rel="canonical"]')["href"] == settings.PUBLIC_BASE_URL + node.url
        alternates = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"]')}
        assert alternates.keys() == {"da", "en"}
        assert alternates[node.language] == settings.PUBLIC_BASE_URL + node.url


def test_danish_stands_at_the_root_and_english_beside_it(starting_content, read):
    assert read("/").select_one("h1").string == "Er du bekymret for nogen?"
    assert read("/en/").select_one("h1").string == "Are you worried about someone?"


def test_the_language_switch_lands_on_the_same_page(starting_content, read):
    danish = page_at("bekymret", "som-foraelder")
    english = danish.get_translation(home("en").locale)

    assert read(danish.url).select_one(".site-header .lang a")["href"] == english.url
    assert read(english.url).select_one(".site-header .lang a")["href"] == danish.url


def test_a_page_without_translation_switches_to_the_other_front_page(starting_content, read):
    page = add_page(home())

    assert read(page.url).select_one(".site-header .lang a")["href"] == "/en/"


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


def test_what_an_app_above_puts_on_the_front_page_stands_there_in_the_language(starting_content, read, monkeypatch):
    asked = []

    def panel(request, language):
        asked.append(language)
        return "content/_crumbs.html", {"here": f"Panel {language}"}

    monkeypatch.setattr(registries, "front_panels", [panel, lambda request, language: None])
    monkeypatch.setattr("content.models.pages.front_panels", registries.front_panels)

    assert "Panel en" in words(read("/en/").select_one(".two .panels"))
    assert asked == ["en"]


def test_guidance_that_can_turn_dangerous_names_112_before_its_first_heading(starting_content, read):
    article = read(page_at("bekymret", "som-foraelder").url).article

    callout = article.select_one(".callout.danger")
    assert links(callout) == ["tel:112"]
    assert callout.find_previous("h2") is None or callout.find_previous("h2").find_parent("article") is None


@pytest.mark.parametrize(
    ("language", "text"), [("da", "Kontrolleret 3. november 2026"), ("en", "Checked 3 November 2026")]
)
def test_a_page_says_when_it_was_checked(starting_content, read, language, text):
    page = add_page(home(language), checked_on="2026-11-03")

    assert words(read(page.url).select_one("article > .checked")) == text


def test_guidance_ends_with_the_hotline_unless_it_says_itself_whom_to_contact(starting_content, read):
    without = add_page(home(), "uden")
    with_card = add_page(home(), "med", body=[("contact", "police")])

    assert links(read(without.url).select_one("article .contact"))[0] == "tel:+4541749090"
    assert links(read(with_card.url).select_one("article .contact"))[0] == "tel:114"
    assert len(read(with_card.url).select("article .contact")) == 1


def test_whom_to_contact_shows_every_channel_with_its_hours_and_what_happens(starting_content, read):
    with time_machine.travel(NOON, tick=False):
        cards = [words(card) for card in read(page_at("bekymret").url).select(".contact")]

    assert len(cards) == ContactChannel.objects.count() == 4
    hotline = next(card for card in cards if "41 74 90 90" in card)
    assert "Åben nu · til kl. 22" in hotline
    assert "Alle dage kl. 08.00–22.00" in hotline
    assert "Når du ringer" in hotline
    assert any("pet.dk/kontakt-pet" in card for card in cards)


def test_what_is_on_this_page_leads_to_its_headings(starting_content, read):
    page = add_page(
        home(), body=[("heading", "Det kan du gøre"), ("text", "<p>a</p>"), ("heading", "Det kan du gøre")]
    )

    shown = read(page.url)

    assert links(shown.select_one(".onpage"))[:2] == ["#det-kan-du-goere", "#det-kan-du-goere-2"]
    assert len(shown.select("#det-kan-du-goere, #det-kan-du-goere-2")) == 2


def test_a_link_to_a_page_leads_there_and_one_to_a_draft_is_only_words(starting_content, read):
    there = add_page(home(), "fremme")
    draft = add_page(home(), "udkast", live=False)
    text = f'<p><a linktype="page" id="{there.pk}">fremme</a> <a linktype="page" id="{draft.pk}">kladde</a></p>'
    page = add_page(home(), body=[("text", RichText(text))])

    article = read(page.url).select_one("article .rich-text")

    assert links(article) == ["/fremme/"]
    assert words(article) == "fremme kladde"


def test_every_kind_of_block_is_shown(starting_content, read):
    page = add_page(
        home(),
        body=[
            ("callout", {"kind": "kind", "heading": "Venligt", "text": RichText("<p>rettet</p>")}),
            ("steps", [{"heading": "Først", "text": RichText("<p>skridt</p>")}]),
            ("accordion", [{"heading": "Fold", "text": RichText("<p>foldet</p>")}]),
            ("quote", {"text": "Ordret", "source": "En far"}),
            ("related", [page_at("bekymret")]),
        ],
    )

    article = read(page.url).article

    assert article.select_one(".callout.warm h2").string == "Venligt"
    assert words(article.select_one("ol.steps li")) == "Først skridt"
    assert words(article.select_one("details.fold summary")) == "Fold"
    assert words(article.blockquote) == "Ordret En far"
    assert links(article.select_one(".rel")) == ["/bekymret/"]


def test_the_footer_leads_to_the_pages_about_the_site_in_its_language(starting_content, read):
    for language in ("da", "en"):
        about = links(read(home(language).url).select_one("footer [aria-labelledby=footer-about]"))

        for page in StandardPage.objects.filter(locale__language_code=language):
            assert page.url in about


# What must not be seen


def test_a_draft_is_nowhere(starting_content, read, client):
    section = add_section(home())
    add_page(section, "hemmelig", live=False, has_unpublished_changes=True)
    add_page(section, "synlig")

    read("/del/hemmelig/", status=404)
    assert "hemmelig" not in client.get("/del/").content.decode().lower()
    assert "hemmelig" not in client.get("/del/synlig/").content.decode().lower()


def test_a_page_is_gone_from_the_moment_it_expires(starting_content, read):
    page = add_page(home(), expire_at=timezone.now() + timedelta(hours=1))
    read(page.url)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    read(page.url, status=404)


def test_unpublished_changes_wait_for_publishing(starting_content, client):
    page = add_page(home())
    page.lead = "Ikke endnu."
    page.save_revision()

    assert "Ikke endnu." not in client.get(page.url).content.decode()


def test_a_page_somebody_restricted_is_not_there_nor_is_anything_below_it(starting_content, read):
    section = add_section(home())
    page = add_page(section)
    # Past the refusal in outreach/wall: as if it stood in the database from before.
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=section, restriction_type="login")])

    read(section.url, status=404)
    read(page.url, status=404)
    read("/")


@pytest.mark.parametrize(
    "address",
    ["/findes-ikke/", "/en/no-such-page/", "/%ff%fe/", "/bekymret/som-foraelder/mere/", "/_util/login/", "/home/"],
)
def test_an_address_nobody_has_is_a_page_that_helps(starting_content, read, address):
    assert "112" in words(read(address, status=404).main)


def test_nobody_signs_in_on_the_public_face():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailcore_login", urlconf="outreach.urls.public")


# What others may keep


@pytest.mark.parametrize(
    ("moment", "seconds"),
    [
        ("2026-11-23 11:00:00Z", 60),
        ("2026-11-23 06:59:30Z", 30),
        ("2026-11-23 20:59:48.500Z", 11),
        ("2026-11-23 21:00:00Z", 60),
        ("2026-11-23 22:59:45Z", 15),  # the day ends, and a region may
        ("2026-03-29 05:59:50Z", 10),
        ("2026-10-25 06:59:50Z", 10),
    ],
)
@pytest.mark.parametrize("address", ["/", "/en/", "/find-lokal-hjaelp/"])
def test_a_page_is_kept_a_minute_and_never_past_the_hotlines_next_change(
    starting_content, read, address, moment, seconds
):
    with time_machine.travel(moment, tick=False):
        headers = read(address).headers

    assert headers["Cache-Control"] == f"public, max-age={seconds}"
    assert "Accept-Language" not in headers.get("Vary", "")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("own", "kept"),
    [("max-age=5", "max-age=5, public"), ("no-store", "no-store"), ("max-age=600", "max-age=60, public")],
)
def test_a_view_may_ask_for_less_and_never_for_more(starting_content, rf, own, kept):
    with time_machine.travel(NOON, tick=False):
        response = public_page(lambda request: HttpResponse(headers={"Cache-Control": own}))(rf.get("/"))

    assert response["Cache-Control"] == kept


# What a page costs


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/", 11),
        ("/en/", 12),
        ("/bekymret/som-foraelder/", 8),
        ("/en/guidance/exit/", 9),
        ("/bekymret/", 8),
        ("/for/foreninger/", 4),
        ("/find-lokal-hjaelp/", 7),
        ("/find-lokal-hjaelp/kommune/roskilde/", 7),
    ],
)
def test_a_page_costs_few_queries_and_no_more_as_the_site_grows(
    starting_content, client, django_assert_max_num_queries, address, budget
):
    client.get(address)  # content types are looked up once in a process
    with django_assert_max_num_queries(budget) as small:
        client.get(address)
    for number in range(12):
        section = add_section(page_at("bekymret").get_parent(), f"del-{number}")
        text = f'<p><a linktype="page" id="{section.pk}">a</a></p>'
        add_page(section, body=[("text", RichText(text)), ("text", RichText(text))])

    with django_assert_max_num_queries(len(small)):
        client.get(address)


def test_the_address_follows_the_settings_whatever_the_site_record_says(starting_content, settings):
    settings.PUBLIC_BASE_URL = "https://public.example"
    Site.objects.update(hostname="other.example")

    page = GuidancePage.objects.get(pk=page_at("bekymret", "som-foraelder").pk)

    assert page.full_url == "https://public.example/bekymret/som-foraelder/"
    assert page.url == "/bekymret/som-foraelder/"


def test_where_the_public_face_is_elsewhere_links_name_its_host(starting_content, settings):
    settings.FACE, settings.ROOT_URLCONF = "internal", "outreach.urls.internal"

    page = Page.objects.get(pk=page_at("bekymret").pk).specific

    assert page.url == f"{settings.PUBLIC_BASE_URL}/bekymret/"


def test_a_text_is_shown_as_written(starting_content, read):
    page = add_page(home(), title="<b>Fed</b> & fin")

    assert words(read(page.url).h1) == "<b>Fed</b> & fin"
    assert TEST_TEXT in words(read(page.url).article)
