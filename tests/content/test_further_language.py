"""A third language that runs from right to left: its pages wait for a native reader, then stand beside the others."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, Site

from content.models import Theme
from content.services.starting_channels import load_channels
from content.services.starting_files import STARTING, read_pages, read_yaml
from content.services.starting_memory import Memory
from content.services.starting_pages import load_pages
from events.models import Registration
from outreach.accounts.models import Role, User
from outreach.design.templatetags.design_tags import phone
from tests.events.factories import EventFactory

from .conftest import words

FOLDER = STARTING / "further" / "ar"
ARABIC = ("/ar/", "/ar/as-a-parent/", "/ar/what-happens-when-you-call/")


@pytest.fixture(autouse=True)
def arabic(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "Arabic")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES


@pytest.fixture
def drafts(db):
    """The three Arabic pages as they are loaded, beside the same in Danish and English."""
    memory = Memory()
    load_channels(read_yaml(STARTING / "channels.yaml"), memory)  # a page names no number that no channel has
    stems = {"worried", "guidance", "as-a-parent", "where-to-turn"}
    texts = [text for text in read_pages() if text.stem in stems]
    load_pages(texts, read_yaml(STARTING / "site.yaml"), memory)
    load_pages(read_pages(FOLDER), read_yaml(FOLDER / "site.yaml"), memory, languages=("ar",), live=False)
    Site.clear_site_root_paths_cache()
    return Page.objects.filter(locale__language_code="ar")


@pytest.fixture
def published(drafts):
    for page in drafts:
        page.specific.save_revision().publish()


def test_loading_publishes_nothing_and_a_language_without_a_front_page_is_not_there(drafts, read):
    assert drafts.count() == 3
    assert not drafts.filter(live=True).exists()

    for address in (*ARABIC, "/ar/find-local-help/", "/ar/events/"):
        page = read(address, 404)
        assert page.html["lang"] == "en"
        assert page.select_one('a[href="tel:112"]')
    assert "ar" not in {link["hreflang"] for link in read("/en/").select("[hreflang]")}


def test_an_unknown_language_is_a_helpful_page(drafts, read):
    page = read("/xx/", 404)

    assert page.html["lang"] == "da"
    assert page.select_one('a[href="tel:112"]')


def test_the_editor_is_told_that_a_native_reader_comes_first(drafts, client):
    user = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    arabic, danish = drafts.get(slug="as-a-parent"), Page.objects.get(slug="som-foraelder")

    screens = [
        client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode() for page in (arabic, danish)
    ]

    assert ["Ingen med sproget som modersmål" in screen for screen in screens] == [True, False]


def test_published_pages_run_from_right_to_left_in_their_own_sheet_and_font(published, read):
    for address in ARABIC:
        page = read(address)
        assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
        assert [link["href"].rpartition("/")[2] for link in page.select('link[rel="stylesheet"]')] == [
            "portal.rtl.css"
        ]
        assert all("arabic" in link["href"] for link in page.select('link[rel="preload"]'))
        assert words(page.select_one(".leave")) == "غادر الموقع"
    danish = read("/bekymret/som-foraelder/")
    assert not danish.html.get("dir")
    assert "rtl" not in str(danish.head)
    assert "arabic" not in str(danish.head)


def test_all_languages_of_a_page_name_each_other_and_the_switch_is_honest_where_there_is_only_a_front_page(
    published, read, settings
):
    page = read("/ar/as-a-parent/")
    named = {link["hreflang"]: link["href"] for link in page.select('link[rel="alternate"]')}
    assert named == {
        "ar": settings.PUBLIC_BASE_URL + "/ar/as-a-parent/",
        "da": settings.PUBLIC_BASE_URL + "/bekymret/som-foraelder/",
        "en": settings.PUBLIC_BASE_URL + "/en/worried/as-a-parent/",
        "x-default": settings.PUBLIC_BASE_URL + "/bekymret/som-foraelder/",
    }
    assert named["ar"] == page.select_one('link[rel="canonical"]')["href"]

    without = read("/en/worried/")
    switch = {link["hreflang"]: (link["href"], words(link)) for link in without.select(".site-header .lang a")}
    assert switch["da"] == ("/bekymret/", "Dansk")
    assert switch["ar"][0] == "/ar/"
    assert "الصفحة الرئيسية" in switch["ar"][1]
    assert "ar" not in {link["hreflang"] for link in without.select('link[rel="alternate"]')}


def test_views_are_there_in_every_language_and_records_are_shown_in_english(published, read, db):
    Theme.objects.create(key="tema", name_da="Fællesskab", name_en="Community")

    switch = {link["hreflang"]: link["href"] for link in read("/ar/find-local-help/?q=aarhus").select(".lang a")}
    card = read("/ar/as-a-parent/").select_one(".contact .head bdi")

    assert switch == {"da": "/find-lokal-hjaelp/?q=aarhus", "en": "/en/find-local-help/?q=aarhus"}
    assert (words(card), card["lang"], card["dir"]) == ("The national hotline", "en", "ltr")
    with translation.override("ar"):
        assert str(Theme.objects.get()) == "Community"
        assert translation.gettext("Search name, phone, CVR or place") == "Search name, phone, CVR or place"
        assert phone("41749090").strip("\u2066\u2069") == "41\u00a074\u00a090\u00a090" != phone("41749090")


def test_who_registers_on_an_arabic_page_gets_mail_in_english(published, client):
    event = EventFactory()
    form = BeautifulSoup(client.get(f"/ar/events/{event.slug}/register/").content, "html.parser").main.form
    hidden = {field["name"]: field.get("value", "") for field in form.select('input[type="hidden"]')}
    typed = {"name": "Amina", "email": "amina@example.org", "organisation": "En forening", "role": "Forælder"}

    answer = client.post(f"/ar/events/{event.slug}/register/", {**hidden, **typed, "consent": "on"})

    assert answer.status_code == 302, answer.context["form"].errors
    assert Registration.objects.get().language == "en"


@pytest.mark.once
def test_the_arabic_pages_name_no_number_that_the_english_ones_do_not():
    english = {text.stem: str(text.fields) for text in read_pages() if text.language == "en"}
    pages = read_pages(FOLDER)

    assert {page.stem for page in pages} == {"as-a-parent", "where-to-turn"}
    for page in pages:
        assert set(re.findall(r"\d+", str(page.fields["body"]))) <= set(re.findall(r"\d+", english[page.stem]))
