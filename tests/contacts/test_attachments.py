"""Files of a dialogue: what is taken, who opens them, and that a refused form costs none of them."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from pypdf import PdfWriter

from contacts import retention
from contacts.models import Attachment, Dialogue
from contacts.services.attaching import keep_waiting
from content.files import LARGEST, accepted, plain_name
from outreach.audit.models import Entry
from tests.contacts.factories import NOW, TODAY, PersonFactory, dialogue

pytestmark = pytest.mark.django_db


def text_file(name="plan.txt", content=b"The plan for spring."):
    return SimpleUploadedFile(name, content)


def pdf(name="plan.pdf"):
    writer, content = PdfWriter(), BytesIO()
    writer.add_blank_page(width=72, height=72)
    writer.write(content)
    return SimpleUploadedFile(name, content.getvalue())


def picture(name="room.jpg"):
    content, exif = BytesIO(), Image.Exif()
    exif[0x010E] = "where it was taken"
    Image.new("RGB", (20, 10), "red").save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue())


def packed(name, parts):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return SimpleUploadedFile(name, content.getvalue())


@pytest.fixture
def person():
    return PersonFactory(name="Amina Rahbek")


def sent(person, *files, **more):
    fields = {"who": f"person:{person.pk}", "kind": "call", "summary": "A line.", "note_readers": "me", "date": TODAY}
    return fields | {"upload": files} | more


def logged(desk, person, *files, **more):
    return desk.post(reverse("workspace:log"), sent(person, *files, **more))


@pytest.mark.parametrize("make", [text_file, pdf, picture])
def test_a_file_is_kept_with_the_dialogue_under_a_name_nobody_guesses(desk, officer, person, make):
    logged(desk, person, make())

    kept = Attachment.objects.get()
    assert kept.dialogue == Dialogue.objects.get()
    assert Path(kept.file.path).parent == Path(settings.ATTACHMENTS_ROOT)
    assert Path(kept.name).stem not in kept.file.name
    assert kept.size == Path(kept.file.path).stat().st_size


def test_a_picture_keeps_nothing_but_the_picture():
    with Image.open(accepted(picture())) as anew:
        assert not anew.getexif()


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (text_file("run.exe"), "We take files of these kinds"),
        (text_file("page.html"), "We take files of these kinds"),
        (text_file("invitation.eml"), "Mails are not kept as files.*docx.*pdf"),
        (text_file("invitation.msg"), "Mails are not kept as files"),
        (text_file("plan.pdf"), "not what its name says"),
        (text_file("plan.docx"), "not what its name says"),
        (text_file("room.png"), "Use a picture"),
        (text_file("plan.txt", b"%PDF-1.7"), "not what its name says"),
        (text_file("plan.csv", b"MZ\x90\x00\x03\x00"), "not what its name says"),
        (text_file("empty.txt", b""), "empty"),
        (
            packed("plan.docx", {"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": ""}),
            "not what",
        ),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(upload, sentence):
    with pytest.raises(ValidationError, match=sentence) as refused:
        accepted(upload)

    assert upload.name in refused.value.messages[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_a_text_as_spreadsheets_save_it_is_kept_as_it_is(desk, person, encoding):
    content = "navn\tby\r\nBo Sørensen\tKøge\r\n".encode(encoding)

    logged(desk, person, text_file("liste.txt", content))

    assert Path(Attachment.objects.get().file.path).read_bytes() == content


def test_a_number_in_a_text_of_two_bytes_a_letter_is_refused(desk, person):
    response = logged(desk, person, text_file("liste.csv", "Bo;010190-1234".encode("utf-16")))

    assert response.status_code == 422
    assert not Attachment.objects.exists()


def test_a_program_under_the_mark_of_two_bytes_a_letter_is_no_text():
    with pytest.raises(ValidationError, match="not what its name says"):
        accepted(text_file("liste.txt", b"\xff\xfe" + bytes(range(256)) * 4))


def test_a_large_file_is_refused_in_words():
    with pytest.raises(ValidationError, match="too large"):
        accepted(text_file(content=b"x" * (LARGEST + 1)))


def test_a_file_that_unpacks_to_a_mountain_is_refused_at_its_field(desk, person):
    parts = {"[Content_Types].xml": "", "word/document.xml": "0 " * 15_000_000}

    response = logged(desk, person, packed("plan.docx", parts))

    assert response.status_code == 422
    assert 'href="#id_upload' in response.content.decode()
    assert not Attachment.objects.exists()


def test_a_refused_form_keeps_the_files_that_were_taken(desk, person):
    response = logged(desk, person, text_file(), summary="")
    kept = Attachment.objects.get()
    assert response.status_code == 422
    assert f'name="kept" value="{kept.pk}" checked' in response.content.decode()

    logged(desk, person, kept=[kept.pk])

    kept.refresh_from_db()
    assert kept.dialogue == Dialogue.objects.get()


def test_one_file_that_is_refused_costs_none_of_the_others(desk, person):
    response = logged(desk, person, text_file(), text_file("plan.pdf"))

    text = response.content.decode()
    assert "plan.pdf: The file is not what its name says" in text
    assert [kept.name for kept in Attachment.objects.waiting()] == ["plan.txt"]
    assert "plan.txt" in text


def test_looking_for_somebody_keeps_the_files(desk, person):
    response = logged(desk, person, text_file(), find="Amina", search="1")

    assert f'value="{Attachment.objects.get().pk}" checked' in response.content.decode()


def test_nobody_attaches_a_file_that_waits_for_another(desk, colleague, person):
    theirs = keep_waiting(text_file(), actor=colleague)

    logged(desk, person, kept=[theirs.pk, "no key"])

    assert Attachment.objects.get().dialogue is None


def test_a_number_in_a_file_is_refused_and_nothing_of_it_is_kept(desk, person):
    response = logged(desk, person, text_file(content=b"about 010190-1234"))

    assert response.status_code == 422
    assert "CPR" in response.content.decode()
    assert not Attachment.objects.exists()


def test_a_false_alarm_in_a_file_is_passed_with_a_reason(desk, person):
    logged(desk, person, text_file(content=b"case 010190-1234"), not_a_number="It is a number of a case file.")

    assert Attachment.objects.get().dialogue == Dialogue.objects.get()


def test_a_dialogue_has_ten_files_at_most(desk, person):
    response = logged(desk, person, *(text_file(f"plan {number}.txt") for number in range(11)))

    assert "ten files at most" in response.content.decode()
    assert Attachment.objects.waiting().count() == 10


def test_a_file_is_downloaded_never_shown_and_the_trail_says_so(desk, officer, person):
    logged(desk, person, text_file("Plan for foråret.txt"))
    kept = Attachment.objects.get()

    response = desk.get(reverse("workspace:attachment", args=[kept.pk]))

    assert b"".join(response.streaming_content) == b"The plan for spring."
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.filter(verb="export", object_id=str(kept.pk), actor_id=officer.pk).exists()


@pytest.mark.parametrize("name", ["attachment", "remove_attachment"])
def test_a_file_of_a_hidden_dialogue_is_not_there(client, officer, stranger, monday, name):
    talk = dialogue(officer, people=[PersonFactory(owner=officer, restricted=True)])
    kept = keep_waiting(text_file(), actor=officer)
    Attachment.objects.update(dialogue=talk)
    client.force_login(stranger)

    assert client.get(reverse(f"workspace:{name}", args=[kept.pk])).status_code == 404


def test_a_file_for_the_readers_of_the_note_is_not_named_to_others(client, officer, stranger, person, monday):
    talk = dialogue(officer, people=[person], note="Ours.", note_readers="me")
    kept = keep_waiting(text_file("inner.txt"), actor=officer)
    Attachment.objects.update(dialogue=talk, part="note")
    client.force_login(stranger)

    assert "inner.txt" not in client.get(reverse("workspace:dialogue", args=[talk.pk])).content.decode()
    assert client.get(reverse("workspace:attachment", args=[kept.pk])).status_code == 404


def test_a_removed_file_is_gone_and_others_of_the_dialogue_stay(desk, person, django_capture_on_commit_callbacks):
    logged(desk, person, text_file(), text_file("other.txt"))
    kept = Attachment.objects.get(name="plan.txt")

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(reverse("workspace:remove_attachment", args=[kept.pk]))

    assert not Path(kept.file.path).exists()
    assert [one.name for one in Attachment.objects.all()] == ["other.txt"]


def test_only_whoever_was_there_removes_a_file(client, officer, stranger, person, monday):
    kept = keep_waiting(text_file(), actor=officer)
    Attachment.objects.update(dialogue=dialogue(officer, people=[person]))
    client.force_login(stranger)

    assert client.get(reverse("workspace:attachment", args=[kept.pk])).status_code == 200
    assert client.post(reverse("workspace:remove_attachment", args=[kept.pk])).status_code == 404


def test_a_file_nobody_saved_goes_after_two_weeks(officer, monday):
    keep_waiting(text_file(), actor=officer)
    rule = next(rule for rule in retention.RULES if rule.name == "contacts.attachments")

    assert rule.apply(NOW.replace(day=30)) == 0
    assert rule.apply(NOW.replace(month=12, day=8)) == 1


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\plans\\spring.txt", "spring.txt"),
        ("sp\u202efdp.txt", "spfdp.txt"),
        ("å" * 300 + ".txt", "å" * 100 + ".txt"),
        ("..", "-"),
    ],
)
def test_a_name_is_only_a_name(name, plain):
    assert plain_name(name) == plain
