"""The pages a visitor reads, in both languages."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.rich_text import RichText

from content.models import ContactChannel, GuidancePage, StandardPage
from content.tree import Tree

from .conftest import TEST_TEXT, add_page, add_section, home, links, page_at, words

NOON = "2026-11-23 11:00Z"


def test_every_page_answers_in_its_language_and_names_itself_and_its_translation(starting_content, read, settings):
    nodes = Tree.load().nodes
    assert len(nodes) > 40
    for node in nodes:
        page = read(node.url)

        assert page.html["lang"] == node.language
        assert len(page.select("h1")) == 1
        assert page.select_one('link[rel="canonical"]')["href"] == settings.PUBLIC_BASE_URL + node.url
        alternates = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"]')}
        assert alternates.keys() == {"da", "en", "x-default"}
        assert alternates["x-default"] == alternates["da"]
        assert alternates[node.language] == settings.PUBLIC_BASE_URL + node.url


def test_the_language_switch_lands_on_the_same_page(starting_content, read):
    danish = page_at("bekymret", "som-foraelder")
    english = danish.get_translation(home("en").locale)

    assert read(danish.url).select_one(".site-header .lang a")["href"] == english.url
    assert read(english.url).select_one(".site-header .lang a")["href"] == danish.url


def test_a_page_without_translation_switches_to_the_other_front_page(starting_content, read):
    page = add_page(home())

    assert read(page.url).select_one(".site-header .lang a")["href"] == "/en/"


def test_guidance_that_can_turn_dangerous_names_112_before_its_first_heading(starting_content, read):
    article = read(page_at("bekymret", "som-foraelder").url).article

    callout = article.select_one(".callout.danger")
    assert links(callout) == ["tel:112"]
    assert callout.find_previous("h2") is None or callout.find_previous("h2").find_parent("article") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [("da", "Kontrolleret mod kilden 3. november 2026"), ("en", "Checked against the source on 3 November 2026")],
)
def test_a_page_says_when_it_was_checked(starting_content, read, language, text):
    page = add_page(home(language), checked_on="2026-11-03")

    assert words(read(page.url).select_one("article > .checked")) == text


@pytest.mark.parametrize(
    ("language", "slugs", "text"),
    [
        ("da", ("bekymret", "som-foraelder"), "Nummer og åbningstid kontrolleret mod kilden 22. november 2026"),
        ("en", ("worried", "as-a-parent"), "Number and opening hours checked against the source on 22 November 2026"),
    ],
)
def test_a_number_says_when_it_was_checked(starting_content, read, language, slugs, text):
    assert text in words(read(page_at(*slugs, language=language).url).body)


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


def test_a_page_without_headings_promises_nothing_on_it(starting_content, read):
    shown = read(add_page(home(), body=[("text", "<p>a</p>")]).url)

    assert shown.select("#onpage") == []
    assert shown.select_one(".onpage")["aria-label"] == "Denne side"


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


@pytest.mark.parametrize(
    ("address", "title"), [("/was/", "Kan alle bruge siderne?"), ("/en/was/", "Can everyone use these pages?")]
)
def test_the_accessibility_statement_answers_where_the_law_looks_for_it(
    starting_content, client, read, address, title
):
    assert words(read(address).h1) == title
    assert client.get(address.rstrip("/")).headers["Location"] == address
