"""What editors look at before anyone else: a draft in each language, however unfinished."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from content.models import GuidancePage, NewsListPage, NewsPage, PracticeLibraryPage, PracticePage, SectionPage
from content.models.library import ResourceLibraryPage, ResourcePage

from .conftest import add_page
from .editing import Editor, front_page, typed


@pytest.fixture
def rikke(db):
    return Editor("Rikke")


@pytest.fixture
def page(db):
    yield add_page(front_page())
    Site.clear_site_root_paths_cache()


def preview(editor, page, mode=""):
    response = editor.client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]), {"mode": mode})
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_preview_switches_to_the_newest_draft_of_the_translation(page, rikke):
    english = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title = "Signs"
    english.save_revision()
    rikke.edit(page, title="Tegn")
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    rikke.client.post(address, typed(title="Det, der skrives nu"))

    shown = [BeautifulSoup(rikke.client.get(address, {"mode": mode}).content, "html.parser") for mode in ("da", "en")]

    assert [(each.html["lang"], each.h1.get_text(strip=True)) for each in shown] == [
        ("da", "Det, der skrives nu"),
        ("en", "Signs"),
    ]
    frame = rikke.client.get(address, {"mode": "da", "in_preview_panel": "true"})
    assert "frame-ancestors 'self'" in frame["Content-Security-Policy"]
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert BeautifulSoup(rikke.sees(page), "html.parser").select('option[value="en"]')


UNFINISHED = [
    ("heading", ""),
    ("text", json.dumps({"blocks": [], "entityMap": {}})),
    ("callout", {"kind": "quiet", "heading": "", "text": json.dumps({"blocks": [], "entityMap": {}})}),
    ("contact", ""),
    ("quote", {"text": "", "source": ""}),
    ("document", {"document": "", "title": ""}),
    ("picture", {"image": "", "alt_text": "", "decorative": ""}),
]


def test_a_draft_with_nothing_filled_in_is_saved_and_previewed(page, rikke):
    response = rikke.edit(page, lead="", search_description="", body=UNFINISHED)
    assert response.status_code == 302, response.context["form"].errors

    assert preview(rikke, page).h1


KINDS = [
    (NewsListPage, NewsPage, {}),
    (PracticeLibraryPage, PracticePage, {}),
    (ResourceLibraryPage, ResourcePage, {}),
    (SectionPage, SectionPage, {}),
]


@pytest.mark.once
@pytest.mark.parametrize(("above", "kind"), [each[:2] for each in KINDS])
def test_every_kind_of_page_is_previewed_without_its_facts(page, rikke, above, kind):
    home = Page.objects.get(pk=page.pk).get_parent().specific
    empty = {"lead": "", "body": []}
    parent = add_page(home, "over", above, live=False, **empty)
    child = Page.objects.get(pk=parent.pk).add_child(
        instance=kind(title="Ny", slug="ny", locale=home.locale, live=False)
    )

    for draft in (parent, child):
        assert preview(rikke, draft).h1


def content_state(text, *, entity=None, style=None):
    """What the editor's writing field sends; ``entity`` spans the text."""
    spans = [{"offset": 0, "length": len(text), "key": 0}] if entity else []
    styles = [{"offset": 0, "length": len(text), "style": style}] if style else []
    ranges = {"inlineStyleRanges": styles, "entityRanges": spans}
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, **ranges}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity} if entity else {}})


def entity(kind, **data):
    return {"type": kind, "mutability": "IMMUTABLE", "data": data}


HARM = [
    content_state("<script>alert(1)</script><embed src=x>"),
    content_state("video", entity=entity("EMBED", url="https://video.example/1", embedType="video")),
    content_state("klik", entity=entity("LINK", url="javascript:alert(1)")),
    content_state("billede", entity=entity("IMAGE", id="1", src="https://spy.example/x.gif", alt="")),
    content_state("stort", style="SUPERSCRIPT"),
]
FOREIGN = ("<script", "<embed", "<img", "javascript:", "video.example", "spy.example")


def test_no_script_embed_or_foreign_picture_comes_through_the_writing_field(page, rikke):
    body = [("text", text) for text in HARM]

    assert rikke.edit(page, body=body).status_code == 302

    kept = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    source = " ".join(block.value.source for block in kept.body)
    shown = preview(rikke, page).article
    assert not [word for word in FOREIGN if word in source]
    assert not shown.select("script, embed, iframe, object, img, [onclick]")
    assert "<script>alert(1)</script>" in shown.get_text()  # as words


@pytest.mark.once
@pytest.mark.parametrize("kind", ["embed", "raw_html", "html"])
def test_a_block_nobody_offers_is_refused_or_lost(page, rikke, kind):
    form = typed(body=[("heading", "Kun dette")])
    block = {"deleted": "", "order": "1", "type": kind, "id": "", "value": "<script>"}
    form |= {"body-count": "2", **{f"body-1-{name}": value for name, value in block.items()}}

    rikke.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)

    draft = GuidancePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert all(block.block_type in ("heading", "text") for block in draft.body)
