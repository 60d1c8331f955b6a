"""Editors see which translations may be behind the Danish page, and say when one is still right."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page

from content.models import HomePage
from content.services.translations import outdated
from outreach.accounts.models import Role, User

from .conftest import add_page, words


@pytest.fixture
def client(client, db):
    """An editor who has signed in."""
    user = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    return client


@pytest.fixture
def pair(db):
    """``pair("ny")``: a Danish page that was published and its English translation that was published after."""
    locales = {locale.language_code: locale for locale in Locale.objects.all()}
    danish = HomePage(title="Forside", slug="home", headline="?", lead="!", locale=locales["da"])
    Page.get_first_root_node().add_child(instance=danish)
    danish.copy_for_translation(locales["en"]).specific.save_revision().publish()

    def pair(slug):
        source = add_page(HomePage.objects.get(pk=danish.pk), slug)
        source.save_revision().publish(log_action=True)
        translation = source.copy_for_translation(locales["en"])
        translation.save_revision().publish()
        return source, translation

    return pair


def publish(page, **changes):
    page = Page.objects.get(pk=page.pk).specific
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish(log_action=True)


def opened(client, page):
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return BeautifulSoup(response.content, "html.parser")


def test_a_translation_is_behind_when_the_danish_page_is_published_after_it(pair):
    source, translation = pair("ny")
    assert not outdated().exists()

    publish(source, title="Noget andet")

    assert [page.pk for page in outdated()] == [translation.pk]
    publish(translation, title="Something else")
    assert not outdated().exists()


def test_a_draft_of_the_danish_page_puts_no_translation_behind(pair):
    source, _translation = pair("ny")

    source.save_revision()

    assert not outdated().exists()


def test_the_editor_sees_what_changed_and_says_that_the_translation_is_still_right(client, pair):
    source, translation = pair("ny")
    publish(source, title="Noget andet")
    newer = opened(client, translation).select_one(".help-block.help-warning")
    assert "Den danske side er nyere" in words(newer)
    compared = words(BeautifulSoup(client.get(newer.a["href"]).content, "html.parser").main)
    assert "Noget andet" in compared and "Ny" in compared

    answer = client.post(newer.form["action"], follow=True)

    assert "passer stadig" in answer.content.decode()
    assert not outdated().exists()
    publish(source, title="Noget tredje")
    assert [page.pk for page in outdated()] == [translation.pk]


def test_a_look_changes_nothing(client, pair):
    source, translation = pair("ny")
    publish(source, title="Noget andet")

    assert client.get(reverse("content_translation_still_right", args=[translation.pk])).status_code == 405
    assert outdated().exists()


def test_whoever_does_not_edit_may_not_say_so_either(client, pair):
    source, translation = pair("ny")
    publish(source, title="Noget andet")
    User.objects.update(role=Role.OFFICER)

    answer = client.post(reverse("content_translation_still_right", args=[translation.pk]))

    assert answer.status_code == 403
    assert outdated().exists()


def test_lists_mark_what_is_behind_at_the_same_cost_however_much_it_is(client, pair):
    source, translation = pair("ny")
    publish(source)
    front, listing = reverse("wagtailadmin_home"), reverse("wagtailadmin_explore", args=[translation.get_parent().pk])
    marks = words(BeautifulSoup(client.get(listing).content, "html.parser")).count("den danske side er nyere")
    panel = BeautifulSoup(client.get(front).content, "html.parser").select("#outdated-translations-section tbody tr")
    assert (marks, len(panel)) == (1, 1)
    before = [queries(client, address) for address in (front, listing)]

    for slug in ("nyere", "nyest"):
        publish(pair(slug)[0])

    assert [queries(client, address) for address in (front, listing)] == before


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
