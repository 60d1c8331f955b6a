"""Where is this used: what an editor and the colleague who approves see before a channel changes."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page, ReferenceIndex
from wagtail.rich_text import RichText

from content.models import ContactChannel, DirectoryEntry, GuideAnswer, HomePage
from content.services.channel_uses import FIXED, SHOWN_BY, uses_of
from outreach.accounts.models import Role, User
from outreach.places.models import PoliceDistrict

from .conftest import add_page, home

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def site(db):
    """A front page, two channels, and a place."""
    locale = Locale.objects.get(language_code="da")
    front = HomePage(title="Forside", slug="home", headline="Ring.", lead="Ring.", locale=locale)
    Page.get_first_root_node().add_child(instance=front)
    for key in ("hotline", "pet"):
        new_channel(key)
    PoliceDistrict.objects.create(name="Nordjyllands Politi", slug="nordjyllands-politi")


def new_channel(key):
    return ContactChannel.objects.create(key=key, number="114", checked_on="2026-11-22")


def add_indexed(slug, body, **fields):
    """A page as the worker knows it a moment after it was saved."""
    page = add_page(home(), slug, body=body, **fields)
    ReferenceIndex.create_or_update_for_object(page)
    return page


def titles(key):
    uses = uses_of(ContactChannel.objects.get(key=key), TODAY)
    return [(page.title, page.every) for page in uses.pages]


def test_pages_with_its_card_and_pages_that_show_every_channel():
    add_indexed("kort", [("contact", "pet")])
    add_indexed("andre", [("contact", "hotline")])
    add_indexed("alle", [("channels", None)])

    assert titles("pet") == [("Kort", False), ("Alle", True)]


def test_a_channel_added_later_stands_on_pages_that_show_every_channel():
    add_indexed("alle", [("channels", None)])
    new_channel("ny")

    assert titles("ny") == [("Alle", True)]


def test_the_guides_answers_the_directory_and_what_stands_on_every_page():
    hotline = ContactChannel.objects.get(key="hotline")
    answer = GuideAnswer.objects.create(key="a", channel=hotline)
    entry = DirectoryEntry.objects.create(key="a", channel=hotline, checked_on="2026-11-22")
    add_indexed("uden", [])
    add_indexed("med", [("contact", "pet")])

    uses = uses_of(hotline, TODAY)

    assert (uses.answers, uses.entries) == ([answer], [entry])
    assert len(uses.parts) == len(SHOWN_BY["hotline"])
    counted = [part.rpartition(" ")[2] for part in uses.parts if part.endswith(")")]
    assert counted == ["(1)", "(1)"]  # a guidance page without a card, a place


def test_it_costs_no_more_as_the_site_grows(django_assert_max_num_queries):
    hotline = ContactChannel.objects.get(key="hotline")
    uses_of(hotline, TODAY)
    for number in range(35):
        add_indexed(f"kort-{number}", [("contact", "hotline")])

    with django_assert_max_num_queries(7):
        uses = uses_of(hotline, TODAY)

    assert (len(uses.pages), uses.more_pages) == (30, 5)


def test_it_stands_before_the_fields_with_the_way_to_each_page(client):
    page = add_indexed("kort", [("contact", "pet")])
    editor = User.objects.create_user("red@example.org", name="Rikke", role=Role.EDITOR)
    client.force_login(editor, backend="outreach.accounts.roles.RoleBackend")
    pet = ContactChannel.objects.get(key="pet")

    for name in ("wagtailsnippets_content_contactchannel:edit", "content_approvals:removal"):
        text = client.get(reverse(name, args=[pet.pk])).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in text


# The lists in the code are held to the templates


@pytest.mark.once
def test_every_template_that_shows_a_channel_by_its_key_is_listed():
    shown = {}
    for path in (ROOT / "templates").rglob("*.html"):
        for key in re.findall(r"help_channel \"(\w+)\"|help_channels\.(?!items)(\w+)", path.read_text()):
            shown.setdefault("".join(key), set()).add(str(path.relative_to(ROOT / "templates")))

    assert shown == {key: set(templates) for key, templates in SHOWN_BY.items()}


@pytest.mark.once
def test_every_template_with_the_hotlines_number_as_fixed_text_is_listed():
    number = re.compile(r"41 ?74 ?90 ?90")
    listed = set(FIXED["hotline"])
    found = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix in (".html", ".txt") and number.search(path.read_text())
    }

    assert found == {path for path in listed if path.startswith("templates/")}
    assert all(number.search((ROOT / path).read_text()) for path in listed)


# No number beside the channels


@pytest.mark.parametrize("text", ["Ring 70 10 20 30.", "Skriv til <b>ny@example.org</b>."])
def test_a_number_that_no_channel_has_is_refused_in_a_page(text):
    page = add_page(home(), "kort", body=[])
    page.body = [("text", RichText(f"<p>{text}</p>"))]

    with pytest.raises(ValidationError):
        page.full_clean()


def test_the_number_of_a_channel_may_stand_in_a_sentence():
    ContactChannel.objects.update(number="41 74 90 90")
    page = add_page(home(), "kort", body=[("text", RichText("<p>Ring 41 74 90 90.</p>"))])

    page.full_clean()
