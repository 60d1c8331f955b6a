"""The practice library, the materials and the news: lists one can narrow, and the pages in them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from content.models import NewsPage, PracticePage, ResourcePage, Theme
from content.services.starting import load_starting_content
from outreach.accounts.models import Role, User

from .conftest import add_page, home, links, page_at, words

PRACTICES, MATERIALS, NEWS = "/vejledning/praksis/", "/vejledning/materialer/", "/om/nyheder/"


@pytest.fixture
def practices(starting_content):
    return page_at("vejledning", "praksis")


@pytest.fixture
def materials(starting_content):
    return page_at("vejledning", "materialer")


@pytest.fixture
def news(starting_content):
    return page_at("om", "nyheder")


def add_practice(parent, slug, themes=(), **fields):
    values = {"country": "Norge", "target_groups": ["youth"], "organisation": "Oslo", "organisation_kind": "local"}
    page = add_page(parent, slug, PracticePage, **(values | fields))
    page.themes = Theme.objects.filter(key__in=themes)
    page.save()
    return page


def add_news(parent, slug, day):
    return add_page(parent, slug, NewsPage, date=day)


def titles(page):
    return [words(title) for title in page.select(".entries .t")]


def options(page, name):
    return [words(option) for option in page.select(f"select[name={name}] option")]


# The lists


def test_the_library_lists_every_practice_with_who_stood_for_it(practices, read):
    page = read(PRACTICES)

    assert len(titles(page)) == PracticePage.objects.filter(locale__language_code="da").count() == 7
    first = words(page.select_one(".entries li"))
    assert first.startswith("EXIT-samtaler og efterværn")
    assert first.endswith("Politiets Efterretningstjeneste (PET) · Danmark · 2016")


def test_a_list_is_narrowed_by_two_answers_at_once(practices, read):
    add_practice(practices, "den", ["prison"])
    add_practice(practices, "ikke-den", ["prison"], target_groups=["families"])
    add_practice(practices, "heller-ikke", ["online"])

    assert titles(read(f"{PRACTICES}?audience=youth&theme=prison")) == ["Den"]


def test_every_answer_says_how_many_it_would_leave(practices, read):
    add_practice(practices, "to", ["democracy"], target_groups=["families"])

    page = read(f"{PRACTICES}?audience=families")

    assert "Demokrati og medborgerskab (1)" in options(page, "theme")
    assert "Fængsel og løsladelse (1)" not in options(page, "theme")
    assert "Fængsel og løsladelse (1)" in options(read(PRACTICES), "theme")
    assert words(page.select_one("select[name=audience] option[selected]")) == "Forældre og andre pårørende (3)"


@pytest.mark.parametrize(
    "query", ["?theme=findes-ikke", "?audience=" + 10_000 * "x", "?level=youth", "?page=to", "?%ff"]
)
def test_an_answer_nobody_offers_narrows_nothing(practices, read, query):
    assert len(titles(read(PRACTICES + query))) == 7


def test_where_nothing_is_left_the_list_says_so_and_leads_back(practices, read):
    page = read(f"{PRACTICES}?audience=authorities&theme=prison")

    assert titles(page) == []
    assert PRACTICES in links(page.select_one("article"))
    assert words(page.select_one("select[name=theme] option[selected]")) == "Fængsel og løsladelse (0)"


def test_an_empty_library_says_what_to_do_meanwhile(practices, read):
    PracticePage.objects.all().delete()

    assert "Der er ikke beskrevet nogen praksis endnu" in words(read(PRACTICES).article)


@pytest.mark.parametrize(
    ("language", "one", "many"), [("da", "1 praksis", "7 praksisser"), ("en", "1 practice", "7 practices")]
)
def test_counts_have_a_form_for_one_and_one_for_many(practices, read, language, one, many):
    library = practices if language == "da" else practices.get_translation(home("en").locale)

    assert words(read(library.url).select_one("form + .meta")) == many
    assert words(read(f"{library.url}?theme=prison").select_one("form + .meta")).startswith(one)


def test_drafts_and_expired_practices_are_neither_listed_nor_counted(practices, read):
    add_practice(practices, "udkast", ["online"], live=False)

    page = read(PRACTICES)

    assert "Udkast" not in titles(page)
    assert not [option for option in options(page, "theme") if option.startswith("Nettet")]


def test_the_lists_of_two_languages_are_apart(practices, read):
    english = read(practices.get_translation(home("en").locale).url)

    assert "Exit talks and aftercare" in titles(english)
    assert "EXIT-samtaler og efterværn" not in titles(english)


def test_a_long_list_comes_in_parts_that_keep_the_answers(practices, read):
    for number in range(25):
        add_practice(practices, f"nr-{number}", ["online"])

    first = read(f"{PRACTICES}?theme=online")
    second = read(PRACTICES + first.select_one(".parts a")["href"])

    assert (len(titles(first)), len(titles(second))) == (20, 5)
    assert "Side 2 af 2" in words(second.select_one(".parts"))


@pytest.mark.parametrize("address", [PRACTICES, MATERIALS, NEWS])
@pytest.mark.parametrize("number", ["99999", "0", "-1"])
def test_a_part_beyond_the_list_is_not_found_and_shows_the_first(starting_content, read, address, number):
    page = read(f"{address}?page={number}", status=404)

    assert "Så lang er listen ikke" in words(page.article)
    assert titles(page)


def test_materials_are_narrowed_by_reader_theme_and_level(materials, read):
    page = read(f"{MATERIALS}?audience=teacher&theme=online&level=practice")

    assert titles(page) == ["Lektion: Hvem siger det?", "Lektion: Sådan virker propaganda"]
    assert "Til at bruge sammen med andre · Dansk" in words(page.select_one(".entries li"))


def test_materials_stand_among_what_is_written_for_their_readers(materials, read):
    assert "/vejledning/materialer/lektion-hvem-siger-det/" in links(read("/for/fagfolk/").select_one(".guides"))
    assert "/vejledning/materialer/lektion-hvem-siger-det/" not in links(
        read("/for/foreninger/").select_one(".guides")
    )


def test_the_latest_news_comes_first(news, read):
    add_news(news, "gammel", date(2025, 1, 2))
    add_news(news, "ny", date(2027, 1, 2))

    page = read(NEWS)

    assert [titles(page)[0], titles(page)[-1]] == ["Ny", "Gammel"]
    assert words(page.select_one(".entries time")) == "2. januar 2027"


def test_a_list_costs_few_queries_and_no_more_as_it_grows(practices, client, django_assert_max_num_queries):
    client.get(PRACTICES)
    with django_assert_max_num_queries(11) as small:
        client.get(f"{PRACTICES}?theme=online")
    for number in range(30):
        add_practice(practices, f"nr-{number}", ["online", "prison"])

    with django_assert_max_num_queries(len(small)):
        client.get(f"{PRACTICES}?theme=online")


# The pages in them


def test_a_practice_tells_what_its_description_must(practices, read):
    page = read(page_at("vejledning", "praksis", "exit-samtaler-og-eftervaern").url)

    facts = {words(row.dt): words(row.dd) for row in page.select(".factlist > div")}

    assert facts["Land"] == "Danmark"
    assert facts["Målgruppe"].startswith("Unge, elever og studerende")
    assert facts["Temaer"].startswith("EXIT og vejen ud")
    assert facts["Fagfællebedømt"] == "Nej"
    assert facts["År"] == "2016"
    assert facts["Organisation"].startswith("Politiets Efterretningstjeneste (PET) PET er den nationale")
    assert facts["Organisationstype"] == "Statslig institution"


def test_what_the_source_does_not_say_is_said_to_be_unknown(practices, read):
    page = read(add_practice(practices, "ny", year=None, peer_reviewed=None).url)

    facts = {words(row.dt): words(row.dd) for row in page.select(".factlist > div")}

    assert facts["Fagfællebedømt"] == facts["År"] == "Det siger kilden ikke"


def test_a_theme_leads_to_the_list_narrowed_by_it(practices, read):
    page = read(add_practice(practices, "ny", ["online"]).url)

    [address] = links(page.select_one(".factlist"))

    assert titles(read(address)) == ["Ny"]


def test_a_material_shows_its_link_by_its_host(materials, read):
    page = add_page(
        materials,
        "ny",
        ResourcePage,
        link="https://example.org/a?b=c",
        audiences=["teacher"],
        level="first",
        language="en",
        licence="cc-by",
    )

    link = read(page.url).select_one(".download a")

    assert (link["href"], words(link)) == ("https://example.org/a?b=c", "example.org")


def test_a_material_without_file_link_or_text_is_refused(materials):
    page = ResourcePage(title="Tom", slug="tom", lead="Tom.", audiences=["teacher"], locale=materials.locale)
    page.level, page.language, page.licence = "first", "da", "share"

    with pytest.raises(ValidationError) as error:
        materials.add_child(instance=page)

    assert "link" in error.value.message_dict


def test_news_says_its_day(news, read):
    assert words(read(add_news(news, "ny", date(2026, 11, 3)).url).select_one("article time")) == "3. november 2026"


# Editing


@pytest.fixture
def editor(starting_content, client):
    user = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    return user


def test_an_editor_describes_a_practice_and_publishes_it(editor, practices, client):
    address = reverse("wagtailadmin_pages:add", args=["content", "practicepage", practices.pk])
    assert client.get(address).status_code == 200
    form = nested_form_data(
        {
            "title": "Ny praksis",
            "slug": "ny-praksis",
            "lead": "Kort.",
            "search_description": "Kort.",
            "country": "Norge",
            "year": "2020",
            "peer_reviewed": "true",
            "organisation": "Oslo",
            "organisation_kind": "local",
            "organisation_about": "",
            "checked_on": "",
            "body": streamfield([("heading", "Sådan")]),
            "sources": streamfield([]),
            "comments": inline_formset([]),
            "action-submit": "1",
        }
    )

    response = client.post(
        address, {**form, "target_groups": ["youth", "families"], "themes": [Theme.objects.get(key="online").pk]}
    )

    assert response.status_code == 302, response.context and response.context["form"].errors
    page = PracticePage.objects.get(slug="ny-praksis")
    assert (page.target_groups, page.peer_reviewed) == (["youth", "families"], True)
    assert [theme.key for theme in page.themes.all()] == ["online"]


@pytest.mark.parametrize(("kind", "parent"), [("resourcepage", "materialer"), ("newspage", "nyheder")])
def test_an_editor_finds_the_form_of_each_kind(editor, client, kind, parent):
    above = Page.objects.get(slug=parent)

    assert client.get(reverse("wagtailadmin_pages:add", args=["content", kind, above.pk])).status_code == 200


def test_an_editor_keeps_the_themes(editor, client):
    listed = client.get(reverse("wagtailsnippets_content_theme:list"))

    assert "Demokrati og medborgerskab" in listed.content.decode()


def test_loading_again_leaves_the_themes_an_editor_changed(practices):
    page = page_at("vejledning", "praksis", "exit-samtaler-og-eftervaern")
    page.themes = Theme.objects.filter(key="online")
    page.save()

    outcome = load_starting_content()

    assert set(outcome) == {"unchanged"}
    assert [theme.key for theme in PracticePage.objects.get(pk=page.pk).themes.all()] == ["online"]


# Content notes


@pytest.mark.parametrize(
    ("stem", "language", "note", "way"),
    [
        (["vejledning", "rejse-til-vaebnet-konflikt"], "da", "Siden handler om krig", "Spring til hjælpen"),
        (["vejledning", "praksis", "aarhusmodellen"], "da", "Beskrivelsen handler om unge", "Spring til hjælpen"),
        (["guidance", "exit"], "en", "This page is about leaving", "Skip to help"),
    ],
)
def test_a_content_note_stands_before_the_text_with_a_way_past_it(starting_content, read, stem, language, note, way):
    page = read(page_at(*stem, language=language).url)
    said = page.select_one("[role=note]")

    assert words(said).startswith(note)
    assert words(said.a) == way
    assert said.find_next(class_="rich-text") and not said.find_previous(class_="rich-text")
    assert "41 74 90 90" in words(page.select_one(said.a["href"]))


def test_a_page_nobody_wrote_a_note_for_has_none(starting_content, read):
    assert not read("/vejledning/tegn/").select("[role=note]")


def test_a_list_says_the_note_of_each_of_its_pages(practices, news, read):
    add_page(news, "ny", NewsPage, content_note="Siden handler om et angreb.")

    assert "Siden handler om et angreb." in words(read(NEWS).select_one(".entries"))
    assert "Beskrivelsen handler om mennesker, der har været i krig" in words(
        read(PRACTICES).select_one(".entries li")
    )
    assert words(read(f"{NEWS}ny/").select_one("#help h2")) == "Den nationale hotline"
