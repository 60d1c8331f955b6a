"""How long others may keep a page, and what it costs to make."""

import pytest
import time_machine
from django.http import HttpResponse
from wagtail.rich_text import RichText

from content.caching import public_page

from .conftest import add_page, add_section, page_at

NOON = "2026-11-23 11:00Z"


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
        ("/", 12),
        ("/en/", 13),
        ("/bekymret/som-foraelder/", 10),
        ("/en/guidance/exit/", 11),
        ("/bekymret/", 9),
        ("/for/foreninger/", 5),
        ("/find-lokal-hjaelp/", 8),
        ("/find-lokal-hjaelp/kommune/roskilde/", 8),
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
