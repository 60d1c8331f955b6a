"""An address that once worked still leads there, on the public face, and to what is public only."""

import json

import pytest
import requests
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.models import GuidancePage
from tests import processes

from .conftest import add_page, add_section, home

MOVE = """
import json
from urllib.parse import urlsplit
from content.models import GuidancePage
from content.services.starting import load_starting_content
load_starting_content()
moved, hidden = GuidancePage.objects.filter(locale__language_code="da")[:2]
addresses = [urlsplit(page.url).path for page in (moved, hidden)]
for page in (moved, hidden):
    page.slug += "-nu"
    page.save_revision().publish()
hidden.unpublish()
print(json.dumps(addresses))
"""


@pytest.fixture
def rename(starting_content, django_capture_on_commit_callbacks):
    """``rename(page, slug)`` as an editor does; Wagtail notes the old address when it is committed."""

    def rename(page, slug):
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        return type(page).objects.get(pk=page.pk)

    return rename


def kept(old_path, **target):
    return Redirect.objects.create(old_path=old_path, site=Site.objects.get(), **target)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_page_that_got_another_address_is_found_by_the_old_one(rename, client, language):
    page = add_page(home(language), "foer")
    old = page.url

    new = rename(page, "nu").url
    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, new)
    assert response["Cache-Control"] == "public, max-age=60"
    assert client.get(new).status_code == 200


def test_a_page_below_a_section_that_moved_is_found_too(rename, client):
    section = add_section(home(), "et-sted")
    page = add_page(section, "om-det")
    old = page.url

    rename(type(section).objects.get(pk=section.pk), "et-andet-sted")

    assert client.get(old)["Location"] == GuidancePage.objects.get(pk=page.pk).url


def test_an_old_address_of_a_page_that_is_hidden_is_not_found(rename, client):
    page = add_page(home(), "foer")
    old = page.url

    rename(page, "nu").unpublish()

    assert client.get(old).status_code == 404


def test_an_address_with_its_query_goes_before_the_same_without(starting_content, client):
    kept("/gammel", redirect_link="https://politi.dk/")
    kept("/gammel?side=2", redirect_link="https://politi.dk/to", is_permanent=False)

    first, second = client.get("/gammel/?q=1"), client.get("/gammel/?side=2")

    assert (first.status_code, first["Location"]) == (301, "https://politi.dk/")
    assert (second.status_code, second["Location"]) == (302, "https://politi.dk/to")


def test_danish_letters_are_read_as_they_were_typed(starting_content, client):
    kept("/åben-dør", redirect_link="https://politi.dk/")

    assert client.get("/åben-dør/").status_code == 301


def test_two_redirects_for_one_address_are_no_error(starting_content, client):
    for _ in range(2):
        Redirect.objects.create(old_path="/dobbelt", redirect_link="https://politi.dk/")

    assert client.get("/dobbelt/").status_code == 301


def test_what_is_found_is_never_redirected(starting_content, client):
    kept("/find-lokal-hjaelp", redirect_link="https://politi.dk/")

    assert client.get("/find-lokal-hjaelp/").status_code == 200


@pytest.mark.postgresql
def test_the_public_process_reads_the_redirects_and_no_hidden_page(roles, serve, tmp_path):
    files = {"STATIC_ROOT": str(tmp_path / "static")}
    owner = processes.environment("worker", roles.url("owner"), **files)
    processes.manage("collectstatic", "--noinput", "--verbosity=0", env=owner)
    moved, hidden = json.loads(processes.manage("shell", "--no-imports", "-c", MOVE, env=owner))
    public = serve("public", **files)

    response = requests.get(public + moved, allow_redirects=False, timeout=30)

    assert (response.status_code, response.headers["Location"]) == (301, moved.removesuffix("/") + "-nu/")
    assert requests.get(public + hidden, allow_redirects=False, timeout=30).status_code == 404
