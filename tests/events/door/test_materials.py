"""The files behind a personal link, alike on both backends of the door."""

from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.utils import timezone

from events.door import materials
from events.models import Material, RegistrationToken
from events.services.tokens import Purpose
from tests.events.factories import EventFactory, MaterialFactory, RegistrationFactory

from .conftest import link

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path):
    monkeypatch.setattr(Material.file.field, "storage", FileSystemStorage(tmp_path))


def test_one_with_a_seat_has_all_that_are_out_oldest_first():
    event = EventFactory()
    first, second = MaterialFactory(event=event), MaterialFactory(event=event, readers="everyone")
    MaterialFactory(event=event, after_event=True)
    MaterialFactory()

    found = materials.behind(link(RegistrationFactory(event=event, confirmed=True), Purpose.MANAGE))

    assert [(one.pk, one.title, one.name, one.file.read()) for one in found] == [
        (one.pk, "Slides", "slides.txt", b"Hello") for one in (first, second)
    ]


def test_what_is_for_afterwards_is_out_when_the_event_is_over():
    event = EventFactory(past=True)
    material = MaterialFactory(event=event, after_event=True)

    assert materials.behind(link(RegistrationFactory(event=event, confirmed=True), Purpose.MANAGE)) == [material]


@pytest.mark.parametrize("state", [{}, {"waiting": True}, {"offered": True}, {"status": "cancelled"}], ids=str)
def test_one_without_a_seat_has_none(state):
    event = MaterialFactory().event

    assert materials.behind(link(RegistrationFactory(event=event, **state), Purpose.MANAGE)) == []


@pytest.mark.parametrize("purpose", [Purpose.CONFIRM, Purpose.COME])
def test_a_link_for_something_else_opens_none(purpose):
    event = MaterialFactory().event

    assert materials.behind(link(RegistrationFactory(event=event, confirmed=True), purpose)) == []


def test_a_link_that_is_too_old_opens_none():
    h = link(RegistrationFactory(event=MaterialFactory().event, confirmed=True), Purpose.MANAGE)
    RegistrationToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert materials.behind(h) == []


def test_a_cancelled_event_hands_out_none():
    event = MaterialFactory(event=EventFactory(cancelled=True)).event

    assert materials.behind(link(RegistrationFactory(event=event, confirmed=True), Purpose.MANAGE)) == []
