"""Editors write, look at and publish pages in the Wagtail admin; visitors see what is published."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from content.models import ChannelProposal, ContactChannel, GuidancePage, HomePage
from content.services.approval import approve
from content.services.starting import load_starting_content
from content.services.translations import outdated
from content.templatetags.translation_tags import what_changed
from outreach.accounts.models import Role, User

from .conftest import add_page, home, page_at, words
from .editing import BODY, Editor, typed


@pytest.fixture
def editor(starting_content, client):
    """An editor who has signed in."""
    user = User.objects.create_user("red@example.dk", name="Rikke Red", role=Role.EDITOR)
    client.force_login(user, backend="outreach.accounts.roles.RoleBackend")
    return user


def edit(client, page, **fields):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(**fields))


def test_an_editor_changes_a_guidance_page_and_a_colleague_publishes_it(editor, client):
    page = add_page(home(), "ny")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200

    response = edit(client, page, body=[*BODY, ("contact", "hotline")], **{"action-submit": "1"})

    assert response.status_code == 302, response.context and response.context["form"].errors
    Editor("Lis").answer(page)
    shown = BeautifulSoup(client.get("/ny/").content, "html.parser")
    assert words(shown.h1) == "Ny titel"
    assert "Det, redaktøren skrev." in words(shown.article)
    assert shown.select_one("article .callout.danger")
    page = GuidancePage.objects.get(pk=page.pk)
    assert page.audiences == ["relative", "teacher"]


def test_what_a_colleague_published_stands_when_the_first_texts_are_loaded_again(editor, client):
    page = page_at("bekymret")
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        typed(title="Vores egne ord", slug=page.slug, part=page.part, content_note="", **{"action-submit": "1"}),
    )
    assert response.status_code == 302, response.context["form"].errors
    Editor("Lis").answer(page)

    load_starting_content()

    assert page_at("bekymret").title == "Vores egne ord"


def test_what_an_editor_only_saves_waits(editor, client):
    page = add_page(home(), "ny")

    assert edit(client, page).status_code == 302

    assert words(BeautifulSoup(client.get("/ny/").content, "html.parser").h1) == "Ny"
    assert GuidancePage.objects.get(pk=page.pk).has_unpublished_changes


def test_an_editor_adds_a_page_below_a_section(editor, client):
    section = page_at("vejledning")
    address = reverse("wagtailadmin_pages:add", args=["content", "guidancepage", section.pk])
    assert client.get(address).status_code == 200

    response = client.post(address, typed(**{"action-submit": "1"}))

    assert response.status_code == 302, response.context and response.context["form"].errors
    Editor("Lis").answer(section.get_children().get(slug="ny"))
    assert client.get("/vejledning/ny/").status_code == 200


def test_a_form_that_is_wrong_keeps_what_was_typed(editor, client):
    page = add_page(home(), "ny")

    response = edit(client, page, title="", lead="Behold mig.")

    assert response.status_code == 200
    assert "Behold mig." in response.content.decode()


@pytest.mark.parametrize(
    ("language", "slug", "refused"),
    [
        ("da", "find-lokal-hjaelp", True),
        ("en", "find-local-help", True),
        ("da", "arrangementer", True),
        ("da", "find-local-help", False),
        ("da", "ny-side", False),
    ],
)
def test_an_address_that_leads_elsewhere_is_refused(starting_content, language, slug, refused):
    page = GuidancePage(title="Ny", slug=slug, lead="Ny.", locale=home(language).locale)

    if refused:
        with pytest.raises(ValidationError) as error:
            page.clean()
        assert "slug" in error.value.message_dict
    else:
        page.clean()


def test_an_unknown_audience_is_refused(editor, client):
    page = add_page(home(), "ny")

    response = edit(client, page, audiences=["martians"], **{"action-submit": "1"})

    assert "audiences" in response.context["form"].errors


def opens(client, page):
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert response.status_code == 200
    assert not response.context["form"].errors


@pytest.mark.parametrize("model", [HomePage, GuidancePage])
def test_a_page_of_the_first_day_opens_in_the_editor(editor, client, model):
    opens(client, model.objects.last())


@pytest.mark.night
def test_every_page_of_the_first_day_opens_in_the_editor(editor, client):
    for page in Page.objects.filter(depth__gt=1):
        opens(client, page)


def test_the_first_pages_are_valid_as_the_editor_would_save_them(starting_content):
    for page in Page.objects.filter(depth__gt=1).specific():
        page.full_clean()
        if hasattr(page, "body"):
            page.body.stream_block.clean(page.body)


@pytest.mark.parametrize(
    ("language", "checked"), [("da", "Kontrolleret mod kilden"), ("en", "Checked against the source on")]
)
def test_a_preview_shows_the_draft_in_the_language_of_the_page(editor, client, language, checked):
    page = add_page(home(language), "kladde", live=False, checked_on="2026-11-03")
    page.save_revision()

    response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    shown = BeautifulSoup(response.content, "html.parser")
    assert shown.html["lang"] == language
    assert checked in words(shown.article)
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", ["da", "en"])
def test_where_the_public_face_is_another_process_the_preview_still_shows_and_leads_there(
    starting_content, settings, language
):
    settings.FACE, settings.ROOT_URLCONF = "internal", "outreach.urls.internal"
    settings.PUBLIC_BASE_URL = "https://public.example"
    page = add_page(home(language), "kladde", live=False)

    for shown in (page, home(language), page_at("bekymret")):
        response = shown.make_preview_request()

        assert response.status_code == 200
        html = BeautifulSoup(response.content, "html.parser")
        addresses = {link["href"] for link in html.select(".site-nav a")}
        assert addresses
        assert all(address.startswith("https://public.example/") for address in addresses)


def test_an_editor_keeps_a_channel_and_its_hours(editor, client):
    colleague = User.objects.create_user("bo@example.dk", name="Bo", role=Role.EDITOR)
    channel = ContactChannel.objects.get(key="hotline")
    address = reverse("wagtailsnippets_content_contactchannel:edit", args=[channel.pk])
    assert client.get(address).status_code == 200
    hours = channel.opening_hours.all()
    rows = [{"id": row.pk, "weekday": row.weekday, "opens": "09:00", "closes": "21:00"} for row in hours]
    fields = {name: getattr(channel, name) for name in ("key", "kind", "order", "number", "number_abroad", "url")}
    texts = {
        f"{name}_{code}": getattr(channel, f"{name}_{code}")
        for name in ("name", "question", "description", "what_happens")
        for code in ("da", "en")
    }

    response = client.post(
        address,
        nested_form_data(
            {
                **fields,
                **texts,
                "checked_on": "2026-11-24",
                "opening_hours": inline_formset(rows, initial=len(rows)),
                "closed_days": inline_formset([{"first_day": "2026-11-30", "last_day": "2026-12-01"}]),
            }
        ),
    )

    assert response.status_code == 302, response.context["form"].errors
    approve(ChannelProposal.objects.get(), colleague, now=timezone.now())
    assert "09.00" in client.get("/bekymret/").content.decode()


def test_the_editor_speaks_danish(editor, client):
    page = add_page(home(), "ny")

    text = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    for label in ("Indledning", "Indhold", "For hvem", "Kontrolleret den", "Kilder"):
        assert label in text


def test_nobody_can_put_markup_or_another_host_in_a_page():
    blocks = GuidancePage._meta.get_field("body").stream_block.child_blocks
    kinds = {type(block).__name__ for block in blocks.values()}

    assert not kinds & {"RawHTMLBlock", "EmbedBlock"}
    assert "embed" not in blocks["text"].features
    assert "image" not in blocks["text"].features


def test_a_page_that_was_loaded_keeps_what_it_said_when_somebody_first_edits_it(editor, client):
    """Nothing that was loaded puts a translation behind; the first change does, and can be compared."""
    assert not outdated().exists()
    page = page_at("vejledning", "tegn")

    page.title = "Andre tegn"
    page.save_revision().publish(log_action=True)

    assert [behind.slug for behind in outdated()] == ["signs"]
    compared = BeautifulSoup(client.get(what_changed(outdated().get())).content, "html.parser")
    assert [words(deleted) for deleted in compared.select("main .deletion")] == ["Tegn, du kan være opmærksom på"]
    assert [words(added) for added in compared.select("main .addition")] == ["Andre tegn"]
