"""Pictures and documents editors upload: refused with a sentence, or kept as something that harms nobody."""

import io
import json
import struct
import zipfile
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from PIL import Image
from wagtail.documents.models import Document
from wagtail.images.models import Image as Picture

from outreach.accounts.models import Role

from .editing import Editor

pytestmark = pytest.mark.once
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def drawn(kind="JPEG", size=(40, 30), **options):
    content = io.BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, **options)
    return content.getvalue()


def bomb(width, height):
    """A PNG of a few hundred bytes whose header promises more pixels than any screen shows."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


def moving():
    frames = [Image.new("P", (900, 900), number) for number in range(60)]
    content = io.BytesIO()
    frames[0].save(content, "GIF", save_all=True, append_images=frames[1:])
    return content.getvalue()


def with_a_place():
    exif = Image.Exif()
    exif[0x010F] = "Camera of somebody"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 40.0, 0.0)})
    return drawn(exif=exif)


@pytest.fixture
def rikke(db):
    return Editor("Rikke")


def upload(editor, name, content, to="wagtailimages:add_multiple"):
    """As the screen for many files sends each of them; what the editor is told, or ""."""
    files = {"title": "Titel", "files[]": SimpleUploadedFile(name, content), "collection": "1"}
    response = editor.client.post(reverse(to), files, headers={"X-Requested-With": "XMLHttpRequest"})
    return json.loads(response.content).get("error_message", "")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("tegning.svg", SVG, "SVG og GIF tager vi ikke."),
        ("tegning.png", SVG, "SVG og GIF tager vi ikke."),
        ("film.gif", moving(), "SVG og GIF tager vi ikke."),
        ("side.jpg", b"<html><script>alert(1)</script>", "SVG og GIF tager vi ikke."),
        ("bombe.png", bomb(30_000, 30_000), "for mange billedpunkter"),
        ("bombe.png", bomb(2_000_000, 2_000_000), "for mange billedpunkter"),
        ("halv.jpg", drawn(size=(400, 300))[:900], "ødelagt eller ufuldstændigt"),
        ("halv.png", drawn("PNG", size=(400, 300))[:300], "ødelagt eller ufuldstændigt"),
        ("stor.jpg", drawn() + b"\0" * (10 * 1024 * 1024), "fylder for meget"),
    ],
)
def test_a_picture_that_could_harm_is_refused_with_a_sentence(rikke, name, content, told):
    assert told in upload(rikke, name, content)
    assert not Picture.objects.exists()


def test_a_bomb_is_refused_before_it_is_unpacked(rikke, monkeypatch):
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", lambda image: pytest.fail("it was unpacked"))

    assert upload(rikke, "bombe.png", bomb(7000, 7000))


def test_the_sentence_is_in_the_language_of_the_editor(rikke):
    rikke.user.language = "en"
    rikke.user.save()

    assert (
        upload(rikke, "tegning.svg", SVG) == "Use a picture of the kind JPG, PNG or WebP. SVG and GIF are not taken."
    )


def test_a_picture_is_made_anew_without_place_or_name(rikke):
    assert upload(rikke, "Fatima ved moskeen.jpg", with_a_place()) == ""

    picture = Picture.objects.get()
    with picture.file.open() as file:
        kept = Image.open(file)
        assert not kept.getexif()
        assert kept.size == (picture.width, picture.height) == (30, 40)  # upright
    assert b"Camera" not in picture.file.open().read()
    assert "Fatima" not in picture.file.name
    assert picture.file.name.endswith(".jpg")


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("WEBP", "RGBA")]
)
def test_every_way_of_writing_colours_is_taken(rikke, kind, mode):
    content = io.BytesIO()
    Image.new(mode, (3000, 20)).save(content, kind)

    assert upload(rikke, f"billede.{kind.lower()}", content.getvalue()) == ""
    assert Picture.objects.get().width == 2560


def packed(*names, mimetype=""):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, mimetype if name == "mimetype" else "x")
    return content.getvalue()


WORD = ("[Content_Types].xml", "word/document.xml")
DOCUMENTS = "wagtaildocs:add_multiple"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("folder.pdf", b"%PDF-1.7 x"),
        ("folder.docx", packed(*WORD)),
        ("folder.odt", packed("mimetype", mimetype="application/vnd.oasis.opendocument.text")),
    ],
)
def test_a_document_that_is_what_its_name_says_is_kept_under_a_name_nobody_guesses(rikke, name, content):
    assert upload(rikke, name, content, to=DOCUMENTS) == ""

    kept = Document.objects.get().filename
    assert kept.startswith("folder-")
    assert len(kept) == len(name) + 17


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("folder.html", b"<script>alert(1)</script>", "Brug et dokument af en af disse typer"),
        ("folder.svg", SVG, "Brug et dokument af en af disse typer"),
        ("folder.pdf", b"<html>", "ikke det, navnet siger"),
        ("folder.docx", b"%PDF-1.7 x", "ikke det, navnet siger"),
        ("folder.docx", packed(*WORD, "word/vbaProject.bin"), "ikke det, navnet siger"),
        ("folder.xlsx", packed(*WORD), "ikke det, navnet siger"),
        (
            "folder.odt",
            packed("mimetype", mimetype="application/vnd.oasis.opendocument.text-master"),
            "ikke det, navnet",
        ),
        ("folder.docx", packed(*WORD)[:-9], "ikke det, navnet siger"),
    ],
)
def test_a_document_that_is_something_else_is_refused_with_a_sentence(rikke, name, content, told):
    assert told in upload(rikke, name, content, to=DOCUMENTS)
    assert not Document.objects.exists()


@override_settings(WAGTAILDOCS_MAX_UPLOAD_SIZE=5)
def test_a_document_that_is_too_large_is_refused_with_a_sentence(rikke):
    assert "fylder for meget" in upload(rikke, "folder.pdf", b"%PDF-1.7 x", to=DOCUMENTS)


def test_only_who_edits_uploads(db):
    anna = Editor("Anna", Role.OFFICER)

    for to in ("wagtailimages:add_multiple", DOCUMENTS):
        assert anna.client.post(reverse(to), {"files[]": SimpleUploadedFile("x.pdf", b"%PDF-")}).status_code == 403
