"""What editors open daily is in Danish: Wagtail's own catalogue, a sixth complete, is filled by ours."""

import json
import re
from datetime import date
from io import BytesIO

import polib
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import get_language, trans_real
from PIL import Image as Picture
from wagtail.admin import __path__ as wagtail_admin
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from content.models import ContactChannel, GuideAnswer, GuideQuestion, HomePage, Theme
from outreach.accounts.models import Role, User

from .conftest import add_page, add_section

pytestmark = pytest.mark.once

CONTENT = ("contactchannel", "guidequestion", "guideanswer", "theme")
CHOOSERS = ("wagtailimages_chooser", "wagtaildocs_chooser", "wagtailsnippetchoosers_content_theme")
LINKS = ("page", "page_external_link", "page_email_link", "page_phone_link", "page_anchor_link")
TYPED = {
    "title": "Ny titel",
    "slug": "ny",
    "lead": "Ny indledning.",
    "search_description": "Kort.",
    "body": streamfield([("heading", "En overskrift"), ("text", rich_text("<p>Noget andet.</p>"))]),
    "sources": streamfield([]),
    "comments": inline_formset([]),
}


@pytest.fixture
def site(db):
    """One of everything an editor works with."""
    danish, english = (Locale.objects.get(language_code=code) for code in ("da", "en"))
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Forside", slug="home", headline="?", lead="!", locale=danish))
    home.copy_for_translation(english, copy_parents=True)
    page = add_page(add_section(home), "ny")
    png = BytesIO()
    Picture.new("RGB", (40, 30)).save(png, "PNG")
    rows = {
        "home": home,
        "page": page,
        "image": Image.objects.create(title="Et billede", file=ContentFile(png.getvalue(), "et.png")),
        "document": Document.objects.create(title="Et dokument", file=ContentFile(b"%PDF-1.4", "et.pdf")),
        "theme": Theme.objects.create(key="tema", name_da="Tema", name_en="Theme"),
        "contactchannel": ContactChannel.objects.create(
            key="linjen", kind="phone", number="112", name_da="L", name_en="L", checked_on=date(2026, 11, 3)
        ),
        "guidequestion": GuideQuestion.objects.create(key="hvem", text_da="Hvem?", text_en="Who?"),
    }
    rows["guideanswer"] = GuideAnswer.objects.create(
        key="ring", title_da="Ring", title_en="Call", channel=rows["contactchannel"]
    )
    return rows


@pytest.fixture
def editor(db, client):
    user = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    return user


@pytest.fixture
def lacking(monkeypatch):
    """Every text asked for from now on that no Danish catalogue has."""
    missing = set()
    catalogue = trans_real.TranslationCatalog
    get, plural = catalogue.get, catalogue.plural

    def noting_get(self, key, default=None):
        found = get(self, key, default)
        if found is default and get_language() == "da":
            missing.add(key[0] if isinstance(key, tuple) else key)
        return found

    def noting_plural(self, msgid, number):
        try:
            return plural(self, msgid, number)
        except KeyError:
            if get_language() == "da":
                missing.add(msgid)
            raise

    monkeypatch.setattr(catalogue, "get", noting_get)
    monkeypatch.setattr(catalogue, "plural", noting_plural)
    return missing


def page_screens(page, section):
    names = ("edit", "usage", "delete", "unpublish", "move", "copy", "history", "workflow_history")
    yield from (reverse(f"wagtailadmin_pages:{name}", args=[page.pk]) for name in names)
    yield reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "earliest", "latest"])
    yield reverse("wagtailadmin_pages:move_confirm", args=[page.pk, section.get_parent().pk])
    yield reverse("wagtailadmin_pages:add_subpage", args=[section.pk])
    for kind in ("guidancepage", "sectionpage"):
        yield reverse("wagtailadmin_pages:add", args=["content", kind, section.pk])
    for action in ("publish", "unpublish", "move", "delete"):
        yield reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"


def other_screens(site):
    yield from (reverse(f"wagtailadmin_{name}") for name in ("home", "explore_root"))
    yield reverse("wagtailadmin_explore", args=[site["home"].pk])
    yield reverse("wagtailadmin_pages:search")
    yield from (reverse(f"wagtailadmin_choose_{kind}") for kind in LINKS)
    yield from (reverse(f"{name}:choose") for name in CHOOSERS)
    yield reverse("wagtailimages_chooser:select_format", args=[site["image"].pk])
    for room, kind in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        yield from (reverse(f"{room}:{name}") for name in ("index", "add", "add_multiple"))
        yield from (reverse(f"{room}:{name}", args=[site[kind].pk]) for name in ("edit", "delete", f"{kind}_usage"))
    yield from (reverse(f"wagtailadmin_reports:{name}") for name in ("site_history", "locked_pages", "workflow"))
    for model in CONTENT:
        yield from (reverse(f"wagtailsnippets_content_{model}:{name}") for name in ("list", "add"))
        for name in ("edit", "usage", "history", *(["delete"] if model != "contactchannel" else [])):
            yield reverse(f"wagtailsnippets_content_{model}:{name}", args=[site[model].pk])


def test_what_editors_open_daily_is_in_danish(site, editor, client, lacking):
    page = site["page"]
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(edit, nested_form_data(TYPED | {"title": ""})).status_code == 200
    assert client.post(edit, nested_form_data(TYPED)).status_code == 302
    screens = [*page_screens(page, page.get_parent()), *other_screens(site)]

    opened = {address: client.get(address).status_code for address in screens}
    assert client.post(edit, nested_form_data(TYPED | {"action-submit": "1"})).status_code == 302
    for name in ("edit", "history", "workflow_history"):
        opened[f"in review: {name}"] = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code

    assert {address: status for address, status in opened.items() if status != 200} == {}
    assert sorted(lacking) == []


def test_what_wagtail_says_in_the_browser_is_in_danish(client, editor):
    english = polib.pofile(f"{wagtail_admin[0]}/locale/en/LC_MESSAGES/djangojs.po")
    catalogue = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    danish = json.loads(re.search(r"const newcatalog = ({.*?\n *});", catalogue, re.DOTALL)[1])

    assert danish["Collapse all"] == "Fold alt sammen"
    assert [entry.msgid for entry in english if entry.msgid not in danish] == []
