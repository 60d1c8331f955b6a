"""The table of the search holds what is public, as it changes."""

import re

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from content.models import ContactChannel, NewsPage, PracticePage, SearchEntry, SectionPage, SynonymSet
from content.models.blocks import BodyBlock
from content.services import search_index
from content.services.search_words import WRITTEN, folded, plain, running, written
from content.services.starting import load_starting_content
from outreach.accounts.models import Role, User
from outreach.places.models import Municipality

from .conftest import add_page, add_section, home, page_at


@pytest.fixture
def section(starting_content):
    return page_at("vejledning")


def entry_of(page):
    return SearchEntry.objects.get(source="page", key=str(page.pk))


def is_found(page):
    return SearchEntry.objects.filter(source="page", key=str(page.pk)).exists()


def publish(page):
    page.save_revision().publish()


def test_the_starting_content_is_found_in_both_languages(starting_content):
    entries = SearchEntry.objects.filter(source="page")

    live = Page.objects.live().filter(depth__gt=2)
    assert entries.count() == live.count()
    assert {one.language for one in entries} == {"da", "en"}
    assert SearchEntry.objects.filter(source="municipality").count() == 2 * Municipality.objects.count()


def test_loading_again_writes_no_entry(starting_content):
    before = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))

    load_starting_content()

    assert list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_a_page_is_found_when_it_is_published_and_gone_when_it_is_not(section):
    page = add_page(section, "udkast", live=False, body=[("heading", "Xylofon")])
    assert not is_found(page)

    publish(page)
    assert "xylofon" in entry_of(page).body_key

    page.refresh_from_db()
    page.unpublish()
    assert not is_found(page)


def test_a_draft_of_a_live_page_changes_nothing(section):
    page = add_page(section, "side", lead="Offentlig.")
    page.lead = "Hemmelig."

    page.save_revision()

    assert entry_of(page).body.startswith("Offentlig.")


def test_a_deleted_page_is_gone_with_those_below_it(section):
    part = add_section(section, "del")
    page = add_page(part, "under")

    Page.objects.get(pk=part.pk).delete()

    assert not is_found(part) and not is_found(page)


def test_a_rolled_back_change_leaves_the_table_as_it_was(section):
    with pytest.raises(KeyError), transaction.atomic():
        page = add_page(section, "aldrig")
        raise KeyError

    assert not is_found(page)


def test_an_expiring_page_is_found_until_then(section):
    moment = timezone.now() + timezone.timedelta(hours=1)
    page = add_page(section, "snart-vaek", expire_at=moment)

    assert entry_of(page).valid_until == moment
    with time_machine.travel(moment, tick=False):
        search_index.rebuild(now=timezone.now())
    assert not is_found(page)


def test_those_below_follow_to_a_new_address(section):
    part = add_section(section, "gammel")
    page, draft = add_page(part, "side"), add_section(section, "kladde", live=False)
    below_draft = add_page(draft, "side")

    part.refresh_from_db()
    draft.refresh_from_db()
    part.slug, draft.slug = "ny", "ny-kladde"
    part.save()
    draft.save()

    assert entry_of(part).path == "/vejledning/ny/"
    assert entry_of(page).path == "/vejledning/ny/side/"
    assert entry_of(below_draft).path == "/vejledning/ny-kladde/side/"


def test_those_below_follow_to_another_part_of_the_site(section):
    part = add_section(section, "flytter")
    page = add_page(part, "side")
    assert entry_of(page).kind == "guidance"

    Page.objects.get(pk=part.pk).move(page_at("hvem-goer-hvad"), pos="last-child")

    assert (entry_of(page).path, entry_of(page).kind) == ("/hvem-goer-hvad/flytter/side/", "directory")


def test_a_section_that_becomes_another_part_takes_its_pages_along(section):
    part = add_section(section, "del")
    page = add_page(part, "side")

    part.part = SectionPage.Part.ABOUT
    part.save()

    assert entry_of(page).kind == "about"


@pytest.mark.parametrize(
    ("slugs", "model", "kind", "detail"),
    [
        (("vejledning", "praksis"), PracticePage, "practice", "Oslo · Norge · 2020"),
        (("om", "nyheder"), NewsPage, "news", "2. december 2026"),
    ],
)
def test_results_say_what_it_is_and_by_whom_or_when(starting_content, slugs, model, kind, detail):
    fields = {
        PracticePage: {
            "country": "Norge",
            "year": 2020,
            "target_groups": ["youth"],
            "organisation": "Oslo",
            "organisation_kind": "local",
        },
        NewsPage: {"date": timezone.datetime(2026, 12, 2).date()},
    }
    page = add_page(page_at(*slugs), "en", model, **fields[model])

    assert (entry_of(page).kind, entry_of(page).detail) == (kind, detail)


def test_a_channel_is_found_by_its_number_on_the_page_that_shows_it(starting_content):
    hotline = ContactChannel.objects.get(key="hotline")
    entries = SearchEntry.objects.filter(source="channel", key=str(hotline.pk))
    shown_on = page_at("bekymret")
    assert entries.get(language="da").path == shown_on.url
    assert "41749090" in entries.get(language="da").places_key

    shown_on.slug = "ring"
    shown_on.save()
    assert entries.get(language="da").path.endswith("/ring/")

    shown_on.unpublish()
    assert entries.get(language="da").path == "/hvem-skal-jeg-ringe-til/"

    hotline.name_da = "Hotlinen"
    hotline.save()
    assert entries.get(language="da").title == "Hotlinen"


def test_making_the_table_again_gives_the_same(starting_content):
    def table():
        return set(SearchEntry.objects.values_list("source", "key", "language", "path", "title_key", "body_key"))

    add_page(home(), "side")
    before = table()
    SearchEntry.objects.filter(source="page").delete()
    search_index.entry(key=1, language="da", kind="news", path="/", title="Spøgelse").save()

    assert search_index.rebuild(now=timezone.now()) == len(before)
    assert table() == before


def test_an_editors_synonyms_stay_when_the_starting_content_is_loaded(starting_content):
    one = SynonymSet.objects.get(key="extremism")
    assert one.listed("da")[:2] == ["radikalisering", "ekstremisme"]
    one.words_da = "mine, egne"
    one.save()
    SynonymSet.objects.get(key="school").delete()

    load_starting_content()

    one.refresh_from_db()
    assert (one.listed("da"), SynonymSet.objects.filter(key="school").exists()) == (["mine", "egne"], False)


def test_an_editor_writes_words_that_mean_the_same(starting_content, client):
    editor = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(editor, backend="outreach.accounts.roles.RoleBackend")
    form = client.get(reverse("wagtailsnippets_content_synonymset:add"))
    assert "Ord på dansk" in form.content.decode()

    words = {"words_da": "uro, bekymring", "words_en": "unrest"}
    client.post(reverse("wagtailsnippets_content_synonymset:add"), words)

    assert SynonymSet.objects.get(words_en="unrest").listed("da") == ["uro", "bekymring"]
    assert "uro, bekymring" in client.get(reverse("wagtailsnippets_content_synonymset:list")).content.decode()


@pytest.mark.once
def test_everything_one_can_write_in_a_body_is_searched():
    text = re.compile(r"(Char|Text|RichText)Block$")

    def names(block, name):
        if hasattr(block, "child_blocks"):
            return {inner for key, child in block.child_blocks.items() for inner in names(child, key)}
        if hasattr(block, "child_block"):
            return names(block.child_block, name)
        return {name} if any(text.search(kind.__name__) for kind in type(block).__mro__) else set()

    assert names(BodyBlock(), "") == WRITTEN


@pytest.mark.once
def test_text_is_read_from_stored_blocks_without_its_markup():
    stored = [
        {"type": "heading", "value": "Om <os> & jer", "id": "a1"},
        {
            "type": "text",
            "value": '<p>En <a linktype="page" id="3">side</a>.</p><ul><li>Æ &amp; Ø</li></ul>',
            "id": "b",
        },
        {"type": "steps", "value": [{"type": "item", "value": {"heading": "Først", "text": "<p>Ja?</p>"}, "id": "c"}]},
        {"type": "contact", "value": "hotline", "id": "d"},
    ]

    assert running(written(stored)) == "Om <os> & jer. En side. Æ & Ø. Først. Ja?"
    assert plain("a < b") == "a < b"
    assert folded("Århus, ½ og e-mail") == "arhus 12 og e mail"
