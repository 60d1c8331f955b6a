"""Pictures on pages: told in words, made in their sizes when the page is published, read by a face that makes none."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images.models import Image as Picture
from wagtail.images.models import Rendition
from wagtail.models import Site

from content.models import GuidancePage

from .conftest import add_page
from .editing import Editor, front_page
from .public_face import public_face  # noqa: F401
from .test_uploads import drawn


@pytest.fixture
def picture(db):
    return Picture.objects.create(title="Torvet", file=SimpleUploadedFile("a" * 32 + ".jpg", drawn(size=(2000, 1000))))


@pytest.fixture
def page(db):
    yield add_page(front_page())
    Site.clear_site_root_paths_cache()


def shown(picture, **words):
    return [("picture", {"image": picture.pk, "alt_text": "", "decorative": "", **words})]


def test_no_picture_goes_for_review_without_words_or_the_word_that_it_needs_none(page, picture):
    rikke = Editor("Rikke")

    refused = rikke.ask(page, body=shown(picture))
    assert "Beskriv billedet, eller sig, at det kun er til pynt" in refused.content.decode()
    assert not GuidancePage.objects.get().workflow_in_progress
    assert rikke.ask(page, body=shown(picture, decorative="on")).status_code == 302
    assert GuidancePage.objects.get().workflow_in_progress


def published(page, picture):
    Editor("Rikke").ask(page, body=shown(picture, alt_text="Et torv med bænke"))
    assert not Rendition.objects.filter(filter_spec__contains="webp").exists()
    Editor("Lis").answer(page)


@pytest.fixture
def read(request):
    """``read()`` is the picture as the public face shows it; from the first call on this process is that face."""

    def read():
        face = request.getfixturevalue("public_face")
        return BeautifulSoup(face.get("/ny/").content, "html.parser").select_one("article img")

    return read


def test_readers_get_the_sizes_that_were_made_when_the_page_was_published(page, picture, client, read):
    published(page, picture)
    image = read()

    assert image["alt"] == "Et torv med bænke"
    assert (image["width"], image["height"]) == ("640", "320")
    assert [size.split()[1] for size in image["srcset"].split(", ")] == ["640w", "1280w"]
    file = client.get(image["src"])
    assert (file["Content-Type"], file["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert file["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert Image.open(io.BytesIO(b"".join(file.streaming_content))).size == (640, 320)
    assert client.get("/media/" + picture.file.name).status_code == 404


@pytest.mark.postgresql
def test_the_public_role_reads_them_and_need_not_write(page, picture, read, as_role):
    published(page, picture)
    with as_role("public"):
        assert read()["src"].endswith(".webp")


def test_a_picture_that_is_replaced_has_its_sizes_at_once(page, picture, read):
    published(page, picture)
    lis = Editor("Lis2")

    new = SimpleUploadedFile("ny.jpg", drawn(size=(1000, 1000)))
    form = {"title": "Torvet", "file": new, "description": "", "tags": "", "collection": picture.collection_id}
    assert lis.client.post(reverse("wagtailimages:edit", args=[picture.pk]), form).status_code == 302

    assert read()["height"] == "640"


@pytest.mark.once
@pytest.mark.parametrize("name", ["../original_images/a.jpg", "..%2foriginal_images%2fa.jpg", "%00", "x" * 300])
def test_nothing_but_the_folder_of_sizes_is_served(db, client, name):
    assert client.get(f"/media/images/{name}").status_code == 404


def test_a_draft_with_a_picture_is_previewed_in_its_sizes(page, picture):
    rikke = Editor("Rikke")
    rikke.edit(page, body=shown(picture, alt_text="Et torv"))

    response = rikke.client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))

    assert BeautifulSoup(response.content, "html.parser").select_one("article img")["alt"] == "Et torv"
