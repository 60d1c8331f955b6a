"""The page that answers a search, as its reader sees it."""

import logging
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import connection

from content.models import SearchKind
from content.services.search_index import entry

from .conftest import add_page, links, page_at, words

CANARY = "kanariefuglxyz"


def titles(page):
    return [words(title) for title in page.select(".entries .t")]


def put(number, title="Papegøje", **fields):
    given = {"language": "da", "kind": SearchKind.GUIDANCE, "path": f"/{number}/"} | fields
    one = entry(key=number, title=title, **given)
    one.source = "test"
    one.save()


def test_a_visitor_finds_a_place_from_the_box_in_the_header(starting_content, read):
    form = read("/").select_one(".site-header .top > form")

    page = read(f"{form['action']}?{form.input['name']}=%C3%85rhus")

    assert titles(page)[0] == "Aarhus"
    assert page.select_one(".entries a")["href"] == "/find-lokal-hjaelp/kommune/aarhus/"
    assert words(page.select_one(".entries .kind")) == "Lokal hjælp"


def test_the_english_site_finds_english_pages(starting_content, read):
    page = read("/en/search/?q=extremism")

    assert all(link.startswith("/en/") for link in links(page.select_one(".entries")))
    assert read("/en/").select_one(".site-header form")["action"] == "/en/search/"
    assert page.select_one('.site-header a[hreflang="da"]')["href"] == "/soeg/?q=extremism"


def test_the_page_tells_of_the_synonyms_it_used(starting_content, read):
    assert "Vi har også søgt på ekstremisme" in words(read("/soeg/?q=radikalisering").main)


def test_found_words_are_marked_and_everything_is_escaped(starting_content, read, client):
    add_page(page_at("vejledning"), "x", title="Om <i>ugler</i>", lead="En ugle & en <script>alert(1)</script> ugle.")

    answer = client.get("/soeg/?q=ugle+<script>").content.decode()

    assert [words(mark) for mark in BeautifulSoup(answer, "html.parser").select(".entries mark")][:2] == [
        "ugle",
        "script",
    ]
    assert "<script>alert" not in answer and "<i>" not in answer
    assert 'value="ugle &lt;script&gt;"' in answer


def test_results_come_in_parts_that_keep_what_was_asked(starting_content, read):
    for number in range(12):
        put(number, kind=SearchKind.NEWS if number < 11 else SearchKind.EVENT)

    first = read("/soeg/?q=papeg%C3%B8je&kind=news")
    second = read("/soeg/" + first.select_one(".parts a")["href"])

    assert (len(titles(first)), len(titles(second))) == (10, 1)
    assert words(second.select_one("select[name=kind] option[selected]")) == "Nyheder (11)"
    assert second.select_one("ol.entries")["start"] == "11"
    assert len(titles(read("/soeg/?q=papeg%C3%B8je&page=2"))) == 2
    beyond = read("/soeg/?q=papeg%C3%B8je&page=99999", status=404)
    assert "Så lang er listen ikke" in words(beyond.main) and len(titles(beyond)) == 10


def test_nothing_found_leads_on(starting_content, read):
    page = read("/soeg/?q=radikalisring")

    assert words(page.select_one(".callout a")) == "radikalisering"
    assert titles(read(f"/soeg/{page.select_one('.callout a')['href']}"))
    assert "/hvem-skal-jeg-ringe-til/" in links(page.main)
    assert page_at("vejledning", "exit").url in links(page.main) or page.select(".guides a")
    assert page.select_one('.help a[href="tel:112"]')


def test_nothing_of_a_kind_leads_to_all_of_it(starting_content, read):
    put(1)

    page = read("/soeg/?q=papegoeje&kind=event&audience=teacher")

    assert words(page.select_one("#nothing")) == "Intet passer på det hele"
    assert titles(read(f"/soeg/{page.select_one('.callout a')['href']}")) == ["Papegøje"]


@pytest.mark.parametrize(
    "query",
    [
        "", "?q=", "?q=%20", "?q=%ff%fe", "?q=%00", "?q=%22%20OR%20*", "?q=" + 10_000 * "x", "?q=" + 5_000 * "a%20",
        "?q=NEAR(%22&page=99999", "?q=hvad&kind=findes-ikke&audience=%ff", "?q=x&page=to", "?q=x&page=-1", "?%ff",
        "?q=a&q=b", "?q[]=a", "?page=99999", "?q=%F0%9F%99%82", "?q=%27%29%3B--",
    ],
)  # fmt: skip
def test_garbage_gets_a_helpful_page(starting_content, read, query):
    page = read(f"/soeg/{query}")

    assert page.h1.text == "Søg"
    assert page.select_one('.help a[href="tel:112"]')
    assert titles(page) or "/hvem-skal-jeg-ringe-til/" in links(page.main)


def test_a_long_search_says_how_much_of_it_is_read(starting_content, read):
    page = read(f"/soeg/?q={quote('å' * 300)}")

    assert "Vi læser de første 200 tegn." in words(page.main)
    assert page.select_one("#q")["value"] == "å" * 200


def test_the_answer_is_kept_by_nobody_and_its_title_tells_nothing(starting_content, read):
    page = read(f"/soeg/?q={CANARY}")

    assert page.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in page.headers
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.title.text == "Søg – Center for Forebyggelse"
    assert page.select_one('meta[name="robots"]')["content"] == "noindex"
    assert page.select_one('link[rel="canonical"]')["href"].endswith("/soeg/")


def test_nothing_typed_is_stored_or_logged(starting_content, client, caplog):
    before = tables()
    with caplog.at_level(logging.DEBUG):
        for query in (
            f"?q={CANARY}",
            f"?q=radikalisering+{CANARY}",
            f"?q={CANARY}&page=9",
            f"?q=exit&page=9&x={CANARY}",
        ):
            client.get(f"/soeg/{query}")
        client.get(f"/findes-ikke/?q={CANARY}")

    ours = [record for record in caplog.records if not record.name.startswith("django.db")]
    assert CANARY not in " ".join(record.getMessage() for record in ours)
    assert tables() == before
    assert CANARY not in before


def tables():
    """Every row of every table."""
    rows = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy and model._meta.db_table in existing():
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
                rows.append(sorted(map(str, cursor.fetchall())))
    return str(rows)


def existing():
    return set(connection.introspection.table_names())


@pytest.mark.parametrize("query", ["?q=papegøje", "?q=fndes+ikk", ""])
def test_a_search_costs_few_queries_and_no_more_as_there_is_more_to_find(
    starting_content, client, django_assert_max_num_queries, query
):
    put(0)
    client.get("/soeg/?q=exit")  # content types are looked up once in a process
    with django_assert_max_num_queries(8) as small:
        client.get(f"/soeg/{query}")
    for number in range(1, 40):
        put(number)

    with django_assert_max_num_queries(len(small)):
        client.get(f"/soeg/{query}")
