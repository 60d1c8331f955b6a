"""Files of an event: who adds them, who gets them and when, and what is refused."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from events.models import Material
from events.services import copying, materials, tokens
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, MaterialFactory, OfficerFactory, RegistrationFactory

pytestmark = pytest.mark.django_db

EVERYONE, PARTICIPANTS = Material.Readers


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(Material.file.field, "storage", FileSystemStorage(tmp_path))
    return tmp_path


@pytest.fixture
def officer(client):
    officer = OfficerFactory()
    client.force_login(officer)
    return officer


def text(name="noter.txt", content=b"What we talked about."):
    return SimpleUploadedFile(name, content)


def add(client, event, **fields):
    sent = {"upload": text(), "title": "Noter", "readers": EVERYONE, **fields}
    return client.post(reverse("events_workspace:materials", args=[event.pk]), sent)


def public(client, event, material):
    return client.get(reverse("events:material", args=[event.slug, material.pk]))


def page(client, event):
    return client.get(reverse("events:event", args=[event.slug])).content.decode()


def personal(client, registration, material):
    return client.get(reverse("events:my_material", args=[link(registration), material.pk]))


def link(registration):
    return tokens.issue(registration, Purpose.MANAGE)


def test_a_file_is_kept_under_a_name_nobody_can_guess_and_downloaded_under_its_own(client, officer, folder):
    event = EventFactory(owner=officer)

    add(client, event)
    material = Material.objects.get()
    answer = public(client, event, material)

    assert [kept.name for kept in folder.iterdir()] == [material.file.name]
    assert "noter" not in material.file.name
    assert b"".join(answer.streaming_content) == b"What we talked about."
    assert answer["Content-Disposition"] == 'attachment; filename="noter.txt"'
    assert (answer["X-Content-Type-Options"], "sandbox" in answer["Content-Security-Policy"]) == ("nosniff", True)


def test_a_file_without_a_title_is_called_as_it_was(client, officer):
    add(client, EventFactory(owner=officer), title="")

    assert Material.objects.get().title == "noter"


@pytest.mark.parametrize(
    "upload",
    [
        text("empty.txt", b""),
        text("program.exe", b"MZ"),
        text("slides.pdf", b"no such thing"),
        text("sheet.xlsx", b"PK\x03\x04"),
        text("mail.eml", b"From: somebody"),
        text("numbers.txt", b"Her number is 010190-1234."),
        text("large.txt", b"a" * (10 * 1024 * 1024 + 1)),
    ],
    ids=lambda upload: upload.name,
)
def test_what_is_empty_strange_large_or_holds_a_number_is_refused_at_its_field(client, officer, folder, upload):
    answer = add(client, EventFactory(owner=officer), upload=upload)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["upload"])
    assert not Material.objects.exists() and not list(folder.iterdir())


def test_nothing_chosen_is_said_at_its_field(client, officer):
    event = EventFactory(owner=officer)

    answer = client.post(reverse("events_workspace:materials", args=[event.pk]), {"readers": EVERYONE})

    assert list(answer.context["form"].errors) == ["upload"]


def test_the_same_form_sent_twice_adds_one_file(client, officer, folder):
    event, key = EventFactory(owner=officer), str(uuid4())

    answers = [add(client, event, form_key=key) for _ in range(2)]

    assert [answer.url for answer in answers] == [reverse("events_workspace:materials", args=[event.pk])] * 2
    assert (Material.objects.count(), len(list(folder.iterdir()))) == (1, 1)


def test_one_file_too_many_is_refused_and_none_is_left_behind(client, officer, folder):
    event = EventFactory(owner=officer)
    MaterialFactory.create_batch(materials.MOST, event=event)

    answer = add(client, event)

    assert answer.status_code == 422
    assert len(list(folder.iterdir())) == materials.MOST


def test_everybody_gets_what_is_for_everybody(client):
    material = MaterialFactory(readers=EVERYONE, title="Program")

    assert "Program" in page(client, material.event)
    assert public(client, material.event, material).status_code == 200


@pytest.mark.parametrize("hidden", [{"draft": True}, {"by_invitation": True}])
def test_nobody_outside_gets_a_file_of_an_event_without_a_page(client, hidden):
    material = MaterialFactory(readers=EVERYONE, event=EventFactory(**hidden))

    assert public(client, material.event, material).status_code == 404


def test_a_file_of_another_event_is_not_there(client):
    material, other = MaterialFactory(readers=EVERYONE), EventFactory()

    assert public(client, other, material).status_code == 404


def test_those_with_a_seat_get_theirs_and_visitors_do_not(client):
    material = MaterialFactory(readers=PARTICIPANTS, title="Deltagernes noter")
    seated = RegistrationFactory(event=material.event, confirmed=True)

    manage = client.get(reverse("events:manage", args=[link(seated)])).content.decode()

    assert "Deltagernes noter" in manage
    assert personal(client, seated, material).status_code == 200
    assert "Deltagernes noter" not in page(client, material.event)
    assert public(client, material.event, material).status_code == 404


@pytest.mark.parametrize(
    "state", [{"waiting": True}, {"offered": True}, {"status": "cancelled"}, {"status": "applied"}], ids=str
)
def test_one_without_a_seat_gets_none(client, state):
    material = MaterialFactory()
    registration = RegistrationFactory(event=material.event, **state)

    assert personal(client, registration, material).status_code == 404


def test_the_link_of_one_event_opens_no_file_of_another(client):
    material, seated = MaterialFactory(), RegistrationFactory(confirmed=True)

    assert personal(client, seated, material).status_code == 404


@pytest.mark.parametrize(("days", "status"), [(21, 404), (-2, 200)])
def test_what_is_for_afterwards_is_out_when_the_event_is_over(client, days, status):
    event = EventFactory(starts_at=timezone.now() + timedelta(days=days))
    seated = RegistrationFactory(event=event, confirmed=True)
    open_to_all, for_seats = (MaterialFactory(event=event, after_event=True, readers=who) for who in Material.Readers)

    assert public(client, event, open_to_all).status_code == status
    assert personal(client, seated, for_seats).status_code == status


def test_a_file_that_is_removed_is_gone_from_the_folder_and_the_second_click_says_so(
    client, officer, folder, django_capture_on_commit_callbacks
):
    material = MaterialFactory(event__owner=officer)
    remove = reverse("events_workspace:remove_material", args=[material.event_id, material.pk])

    with django_capture_on_commit_callbacks(execute=True):
        client.post(remove)
    second = client.post(remove, follow=True)

    assert not Material.objects.exists() and not list(folder.iterdir())
    assert "Filen er allerede væk." in second.content.decode()


def test_one_whose_file_is_lost_is_not_there(client, folder):
    material = MaterialFactory(readers=EVERYONE)
    Path(material.file.path).unlink()

    assert public(client, material.event, material).status_code == 404


def test_a_copy_has_files_of_its_own(officer, folder):
    material = MaterialFactory(readers=EVERYONE, after_event=True)

    made = copying.copy(material.event, day=date.today() + timedelta(days=90), officer=officer, now=timezone.now())
    like = made.materials.get()

    assert (like.title, like.name, like.readers, like.after_event) == ("Slides", "slides.txt", EVERYONE, True)
    assert like.file.name != material.file.name
    assert BytesIO(like.file.read()).getvalue() == b"Hello"


def test_the_screen_costs_the_same_with_many_files(client, officer, django_assert_max_num_queries):
    event = EventFactory(owner=officer)
    MaterialFactory.create_batch(12, event=event)

    with django_assert_max_num_queries(9):
        client.get(reverse("events_workspace:materials", args=[event.pk]))
