"""A public page is made once, kept until it changes, and never shows anybody anything but what they asked for."""

import gzip
import re
import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Locale, Site

from content import caching
from content.caching import public_page
from content.keeping import Page, Pages, pages
from content.models import HomePage
from content.version import renew
from tests.events.factories import EventFactory

from .conftest import add_page, home
from .public_face import public_face as public_face

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def site(db):
    """Two front pages and one page to read, without any other content."""
    root = Site.objects.get().root_page
    for locale in Locale.objects.all():
        front = HomePage(title="Forside", slug=f"home-{locale.language_code}", headline="?", lead=".", locale=locale)
        root.add_child(instance=front)
    Site.objects.update(root_page=home())
    Site.clear_site_root_paths_cache()
    return add_page(home(), "samtale", title="En samtale")


@pytest.fixture
def reading(site, public_face):
    """``reading()`` answers with the response to a GET of the page, as a browser that takes gzip does or not."""
    return lambda **headers: public_face.get("/samtale/", headers=headers)


def retitled(page, title):
    """As an editor's change, with the version that its commit would bring."""
    page.title = title
    page.save()
    renew(connection)


# What it costs


def test_a_page_that_is_kept_costs_one_query(reading, django_assert_num_queries):
    first = reading()

    with django_assert_num_queries(1):
        second = reading()

    assert b"En samtale" in first.content
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]


def test_a_browser_that_has_it_gets_no_body_for_one_query(reading, django_assert_num_queries):
    etag = reading()["ETag"]

    with django_assert_num_queries(1):
        response = reading(if_none_match=f'"other", {etag}')

    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"].startswith("public, max-age=")
    assert (response["ETag"], response["Vary"]) == (etag, "Accept-Encoding")


@pytest.mark.parametrize(
    ("asked", "status"), [("*", 304), ('W/"abc"', 200), ("nonsense", 200), ("{strong}", 304), ('"a", {weak}', 304)]
)
def test_validators_are_compared_as_the_standard_says(reading, asked, status):
    """RFC 9110 §13.1.2: weak comparison, a list, or any."""
    weak = reading()["ETag"]

    response = reading(if_none_match=asked.format(weak=weak, strong=weak.removeprefix("W/")))

    assert response.status_code == status


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.0, br", False),
        ("identity", False),
        ("xgzip", False),
        ("", False),
    ],
)
def test_a_page_is_compressed_for_those_who_take_it(reading, accepted, zipped):
    plain = reading().content

    response = reading(accept_encoding=accepted)

    assert response.get("Content-Encoding") == ("gzip" if zipped else None)
    assert (gzip.decompress(response.content) if zipped else response.content) == plain
    assert int(response["Content-Length"]) == len(response.content)


# When it changes


def test_a_change_shows_at_once_and_an_old_validator_no_longer_holds(site, reading):
    etag = reading()["ETag"]

    retitled(site, "En ny samtale")
    response = reading(if_none_match=etag)

    assert response.status_code == 200
    assert "En ny samtale" in response.text


def test_another_page_keeps_its_validator_through_a_change(site, reading, public_face):
    etag = public_face.get("/en/")["ETag"]

    retitled(site, "En ny samtale")

    assert public_face.get("/en/", headers={"if-none-match": etag}).status_code == 304


def test_a_page_that_expires_is_gone_on_the_minute_from_itself_and_from_lists(site, reading, public_face):
    site.expire_at = timezone.now() + timedelta(seconds=30)
    site.save()
    renew(connection)
    assert reading()["Cache-Control"] in ("public, max-age=29", "public, max-age=30")

    type(site).objects.update(expire_at=timezone.now() - timedelta(seconds=1))  # the database has a clock of its own
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert reading().status_code == 404


def test_what_the_clock_changes_is_asked_once_and_made_anew_on_time(reading, monkeypatch, django_assert_num_queries):
    asked = []

    def at_one(now):
        asked.append(now)
        return NOON + timedelta(hours=1) if now < NOON + timedelta(hours=1) else None

    monkeypatch.setattr(caching, "_changes", [at_one])
    with time_machine.travel(NOON) as clock:
        reading()
        clock.move_to(NOON + timedelta(minutes=59, seconds=50))
        with django_assert_num_queries(1):
            late = reading()
        assert late["Cache-Control"] in ("public, max-age=9", "public, max-age=10")
        assert len(asked) == 1
        clock.move_to(NOON + timedelta(hours=1))
        assert reading()["Cache-Control"] == "public, max-age=60"
        assert len(asked) == 2


def test_an_event_that_begins_ends_or_closes_is_such_a_change(db):
    starts = NOON + timedelta(days=1)
    event = EventFactory(starts_at=starts, ends_at=starts + timedelta(hours=2), registration_closes_at=NOON)
    asked = [NOON - timedelta(hours=1), NOON, starts, event.ends_at]

    assert [type(event).objects.next_change(moment) for moment in asked] == [NOON, starts, event.ends_at, None]


def test_a_page_deleted_a_moment_ago_is_no_error(site, reading, public_face):
    public_face.get("/")  # keeps the skeleton, and its version is not renewed
    site.delete()

    assert reading().status_code == 404


# What is never kept, and what cannot be slipped in


@pytest.mark.parametrize("address", ["/samtale/?q=1", "/samtale/?utm_source=x", "/nowhere/", "/samtale"])
def test_only_a_page_at_its_own_address_is_kept(site, public_face, address):
    public_face.get(address)

    assert len(pages._pages) == 0


@pytest.mark.parametrize("method", ["head", "post", "options", "put"])
def test_only_reading_fills_the_memory(site, public_face, method):
    getattr(public_face, method)("/samtale/", headers={"x-http-method-override": "GET"})

    assert len(pages._pages) == 0
    assert "En samtale" in public_face.get("/samtale/").text


def test_who_asks_for_the_head_gets_the_headers_of_what_is_kept(site, public_face):
    read = public_face.get("/samtale/")

    asked = public_face.head("/samtale/")

    assert asked.content == b""
    assert {name: asked[name] for name in ("ETag", "Vary", "Content-Length", "Content-Security-Policy")} == {
        name: read[name] for name in ("ETag", "Vary", "Content-Length", "Content-Security-Policy")
    }


def test_the_list_of_events_is_made_each_time(site, public_face):
    response = public_face.get("/arrangementer/")

    assert (response.status_code, response.has_header("ETag")) == (200, False)
    assert len(pages._pages) == 0


def test_a_form_is_kept_here_and_nowhere_else_with_a_token_of_its_own_for_each_reader(site, public_face):
    address = f"/arrangementer/{EventFactory().slug}/tilmelding/"
    with time_machine.travel(timezone.now(), tick=False) as traveller:
        first = public_face.get(address)
        traveller.shift(timedelta(hours=1))
        second = public_face.get(address)

    assert len(pages._pages) == 1
    assert first.content != second.content
    assert re.sub(rb'value=":[^"]+"', b"", first.content) == re.sub(rb'value=":[^"]+"', b"", second.content)
    for answer in (first, second):
        assert "no-store" in answer["Cache-Control"]
        assert not answer.has_header("ETag")
        assert not answer.has_header("Content-Encoding")


def test_a_process_with_sessions_keeps_nothing(site, client):
    response = client.get("/samtale/")

    assert response.status_code == 200
    assert not response.has_header("ETag")
    assert len(pages._pages) == 0


@pytest.mark.parametrize(
    "extra",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_PORT": "1"},
        {"HTTP_HOST": "other.example:8443"},
        {"HTTP_ACCEPT_LANGUAGE": "en", "HTTP_COOKIE": "django_language=en; sessionid=1"},
        {"HTTP_RANGE": "bytes=0-9", "HTTP_IF_RANGE": '"x"'},
        {"HTTP_X_ORIGINAL_URL": "/en/", "HTTP_X_REWRITE_URL": "/en/", "HTTP_X_HTTP_METHOD_OVERRIDE": "HEAD"},
        {"SCRIPT_NAME": "/evil"},
        {"SCRIPT_NAME": "/samtale", "PATH_INFO": "/"},
        {"wsgi.url_scheme": "https"},
    ],
)
def test_what_comes_first_cannot_choose_what_others_read(site, public_face, extra):
    pristine = public_face.get("/samtale/")
    renew(connection)

    public_face.get("/samtale/", **extra)
    response = public_face.get("/samtale/")

    assert response.content == pristine.content
    assert response.headers.keys() == pristine.headers.keys()


def test_an_encoded_address_is_the_same_page(site, public_face, django_assert_num_queries):
    public_face.get("/%73amtale/")

    with django_assert_num_queries(1):
        assert "En samtale" in public_face.get("/samtale/").text


def test_a_strange_host_is_refused_also_for_a_page_that_is_kept(reading):
    reading()

    response = reading(host="evil.example")

    assert response.status_code == 400


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse("x", headers={"Cache-Control": "no-store"}),
        HttpResponse("x", headers={"Vary": "Cookie"}),
        HttpResponse("x", status=404),
        HttpResponse("x", status=302),
    ],
)
def test_an_answer_that_is_not_for_everybody_stays_out(site, public_face, answer):
    request = RequestFactory().get("/")

    response = public_page(lambda request: answer)(request)

    assert response is answer
    assert len(pages._pages) == 0


# The memory itself


def page_of(size, version="1"):
    return Page(version, NOON + timedelta(hours=1), b"x" * size, '"e"', {})


@pytest.mark.once
def test_the_least_recently_read_pages_make_room():
    memory = Pages(room=30_000)
    for name in "abc":
        memory.put(name, page_of(8_000))
    memory.get("a", "1", NOON)

    memory.put("d", page_of(8_000))

    assert [name for name in "abcd" if memory.get(name, "1", NOON)] == ["a", "c", "d"]
    assert memory.size <= memory.room


@pytest.mark.once
def test_a_page_of_another_version_or_past_its_time_is_not_found():
    memory = Pages()
    memory.put("a", page_of(10))

    assert memory.get("a", "1", NOON)
    assert memory.get("a", "2", NOON) is None
    assert memory.get("a", "1", NOON + timedelta(hours=1)) is None


@pytest.mark.once
@pytest.mark.parametrize("succeeds", [True, False])
def test_of_many_who_want_the_same_page_one_makes_it_and_nobody_waits_for_a_failure(succeeds):
    memory, made, began = Pages(), [], threading.Event()

    def read():
        with memory.making("a", "1"):
            if memory.get("a", "1", NOON) is None:
                began.wait(5)
                made.append(1)
                if succeeds:
                    memory.put("a", page_of(10))

    threads = [threading.Thread(target=read) for _number in range(8)]
    for thread in threads:
        thread.start()
    began.set()
    for thread in threads:
        thread.join(10)

    assert len(made) == (1 if succeeds else 8)
    assert memory._making == {}
