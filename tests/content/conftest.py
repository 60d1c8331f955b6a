import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from content.models import GuidancePage, HomePage, SectionPage

TEST_TEXT = "Tekst."


@pytest.fixture
def starting_content(loaded_once, db):
    """The site as it is after the first start."""


@pytest.fixture
def read(client):
    """``read("/vejledning/")`` answers with the parsed page after checking that it came."""

    def read(address, status=200):
        response = client.get(address)
        assert response.status_code == status, address
        page = BeautifulSoup(response.content, "html.parser")
        page.headers = response.headers
        return page

    return read


def words(element):
    """The text of an element as it is read, on one line."""
    return re.sub(r"\s+", " ", unquote(element.get_text(" "))).replace("\N{WORD JOINER}", "").strip()


def links(element):
    return [link["href"] for link in element.select("a")]


def home(language="da"):
    return HomePage.objects.get(locale__language_code=language)


def page_at(*slugs, language="da"):
    """The page whose address is made of these slugs."""
    path = "/".join([home(language).url_path.rstrip("/"), *slugs, ""])
    return Page.objects.get(url_path=path).specific


def add_page(parent, slug="ny", model=GuidancePage, **fields):
    """A page below ``parent``; live unless said otherwise."""
    body = fields.pop("body", [("text", f"<p>{TEST_TEXT}</p>")])
    page = model(**{"title": slug.capitalize(), "slug": slug, "lead": "Først.", "locale": parent.locale, **fields})
    page.body = body
    return Page.objects.get(pk=parent.pk).add_child(instance=page)


def add_section(parent, slug="del", **fields):
    return add_page(parent, slug, SectionPage, **fields)
