"""Notices: prepared in advance, in both languages, shown by the clock and by nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from content import notices
from content.keeping import pages
from content.models import ContactChannel, HomePage, Notice, Showing
from content.models.notices import SETTLING
from content.version import renew
from outreach.accounts.models import Role, User

from .conftest import add_page, home, words
from .public_face import public_face  # noqa: F401

FROM = datetime(2026, 12, 1, 8, tzinfo=UTC)
UNTIL = datetime(2026, 12, 3, 20, tzinfo=UTC)
WITHIN = FROM + timedelta(hours=1)


@pytest.fixture(autouse=True)
def site(db):
    """A front page in each language."""
    root = Site.objects.get().root_page
    for locale in Locale.objects.all():
        front = HomePage(title="Forside", slug=f"home-{locale.language_code}", headline="?", lead=".", locale=locale)
        root.add_child(instance=front)
    HomePage.objects.update(translation_key=home().translation_key)
    Site.objects.update(root_page=home())
    Site.clear_site_root_paths_cache()


def notice(word="Lukket", **facts):
    texts = {f"{name}_{code}": f"{word} {code}" for name in ("heading", "text") for code in ("da", "en")}
    return Notice(**{"shows_from": FROM, "shows_until": UNTIL, **texts, **facts})


def prepared(word="Lukket", **facts):
    made = notice(word, **facts)
    made.full_clean()
    made.save()
    return made


def headings(page):
    return [words(heading) for heading in page.select(".notices .h")]


def read_at(read, moment, address="/"):
    with time_machine.travel(moment, tick=False):
        return read(address)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (FROM - timedelta(seconds=1), False),
        (FROM + SETTLING, True),
        (UNTIL - timedelta(seconds=1), True),
        (UNTIL, False),
    ],
)
def test_it_shows_in_its_time_and_in_the_readers_language(read, moment, shown):
    prepared()

    assert headings(read_at(read, moment)) == (["Information: Lukket da"] if shown else [])
    assert headings(read_at(read, moment, "/en/")) == (["Information: Lukket en"] if shown else [])


def test_two_at_most_and_the_most_urgent_first(read):
    prepared("Gammel", shows_from=FROM - timedelta(days=1))
    prepared("Ny")
    prepared("Vigtig", level="important", shows_from=FROM - timedelta(days=2))
    prepared("Farlig", level="danger", shows_from=FROM - timedelta(days=3))

    assert headings(read_at(read, WITHIN)) == ["Akut fare: Farlig da", "Vigtigt: Vigtig da"]


def test_one_for_the_front_page_stands_there_alone(read):
    prepared(where="front")

    assert len(headings(read_at(read, WITHIN, "/en/"))) == 1
    assert headings(read_at(read, WITHIN, "/find-lokal-hjaelp/")) == []


def test_it_leads_to_the_page_in_the_readers_language(read):
    danish, english = add_page(home(), "mere"), add_page(home("en"), "more")
    Page.objects.filter(pk=english.pk).update(translation_key=danish.translation_key)
    prepared(page=danish)

    links = [read_at(read, WITHIN, path).select_one(".notices a") for path in ("/", "/en/")]

    assert [link["href"] for link in links] == ["/mere/", "/en/more/"]


# What an editor can prepare


@pytest.mark.parametrize("field", ["heading_en", "text_en", "heading_da", "text_da", "shows_until"])
def test_both_languages_and_an_end_are_needed(field):
    with pytest.raises(ValidationError) as refused:
        notice(**{field: None if field == "shows_until" else ""}).full_clean()

    assert field in refused.value.message_dict


@pytest.mark.parametrize(
    "way", ["Ring 70 10 20 30.", "Ring +45 70102030", "Skriv til ny@example.org", "www.example.org"]
)
def test_a_way_to_reach_somebody_that_no_colleague_has_looked_at_is_refused(way):
    with pytest.raises(ValidationError):
        notice(text_da=way).full_clean()


@pytest.mark.parametrize("text", ["Ring 41 74 90 90.", "Call +45 41 74 90 90.", "Lukket 24.12.2026.", "I 2014-2018"])
def test_the_number_of_a_channel_and_a_day_are_not(text):
    ContactChannel.objects.create(key="hotline", number="41 74 90 90", checked_on="2026-11-22")

    notice(text_da=text).full_clean()


def test_it_never_ends_before_it_begins():
    with pytest.raises(ValidationError):
        prepared(shows_until=FROM)
    with pytest.raises(IntegrityError), transaction.atomic():
        notice(shows_until=FROM).save()


def test_an_editor_prepares_one_and_sees_it_in_each_language(client):
    editor = User.objects.create_user("red@example.org", name="Rikke", role=Role.EDITOR)
    client.force_login(editor, backend="outreach.accounts.roles.RoleBackend")
    snippet = "wagtailsnippets_content_notice"
    names = ("heading_da", "heading_en", "text_da", "text_en", "level", "where")
    form = {name: getattr(notice(), name) for name in names} | {
        "shows_from": "2026-12-01 09:00",
        "shows_until": "2026-12-03 21:00",
        "page": "",
    }

    response = client.post(reverse(f"{snippet}:add"), form)

    assert response.status_code == 302, response.context["form"].errors
    made = Notice.objects.get()
    assert (made.shows_from, made.shows_until) == (FROM, UNTIL)
    assert "forberedt" in client.get(reverse(f"{snippet}:list")).content.decode()
    for mode in ("da", "en"):
        assert f"Lukket {mode}" in made.make_preview_request(preview_mode=mode).content.decode()


# What it costs, and when pages change


@pytest.fixture
def front_at(public_face):  # noqa: F811
    """The headings a visitor meets at a moment, of a process that keeps pages."""

    def front_at(moment):
        with time_machine.travel(moment, tick=False):
            response = public_face.get("/")
        return response, headings(BeautifulSoup(response.content, "html.parser"))

    return front_at


def test_no_page_is_kept_past_the_moment_it_comes_or_goes(front_at):
    prepared(where="front")

    before, _ = front_at(FROM - timedelta(seconds=20))
    assert before["Cache-Control"] == "public, max-age=22"
    assert front_at(FROM + SETTLING)[1] == ["Information: Lukket da"]
    assert front_at(UNTIL - timedelta(seconds=9))[0]["Cache-Control"] == "public, max-age=9"
    assert front_at(UNTIL)[1] == []


def test_words_that_were_not_to_be_read_before_are_read_in_their_time(front_at, monkeypatch):
    """As the public role meets them: the times of a notice first, its words when they have come."""
    made = prepared()
    unread = Showing(pk=made.pk, shows_from=FROM, shows_until=UNTIL)
    monkeypatch.setattr(Showing, "notice", None)
    monkeypatch.setattr(notices.SHOWINGS, "_load", lambda: [unread])
    assert front_at(FROM - timedelta(minutes=5))[1] == []
    monkeypatch.undo()

    assert front_at(WITHIN)[1] == ["Information: Lukket da"]


def test_it_costs_no_query_more_than_none(front_at, django_assert_num_queries):
    front_at(WITHIN)
    with CaptureQueriesContext(connection) as without:
        pages.clear()
        front_at(WITHIN)
    queries = len(without)
    prepared()
    renew(connection)  # as its commit does
    front_at(WITHIN)

    with django_assert_num_queries(queries):
        pages.clear()
        front_at(WITHIN)
