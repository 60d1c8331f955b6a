import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from outreach.queue import names
from outreach.queue.enqueue import NotAllowed, enqueue, enqueue_once
from tests.queue.sample_tasks import noted

pytestmark = pytest.mark.django_db


def test_a_task_runs_with_the_ids_it_was_given(work):
    enqueue("sample.note", 7, "a-b")

    work()

    assert noted == [(7, "a-b")]


def test_a_task_rolls_back_with_the_data():
    with pytest.raises(RuntimeError), transaction.atomic():
        enqueue("sample.note", 1)
        raise RuntimeError

    assert not DBTaskResult.objects.exists()


def test_a_name_outside_the_table_is_refused():
    with pytest.raises(KeyError):
        enqueue("sample.unknown")


def test_the_public_face_starts_only_what_is_on_its_list(settings, monkeypatch):
    settings.FACE = "public"
    monkeypatch.setattr(names, "PUBLIC", frozenset({"sample.note"}))

    enqueue("sample.note", 1)
    with pytest.raises(NotAllowed):
        enqueue("sample.fail", 1)

    assert [row.task_path for row in DBTaskResult.objects.all()] == ["tests.queue.sample_tasks.note"]


def test_a_task_that_waits_already_is_not_queued_again(work):
    enqueue_once("sample.note")
    enqueue_once("sample.note")
    assert DBTaskResult.objects.count() == 1

    work()
    enqueue_once("sample.note")

    assert DBTaskResult.objects.ready().count() == 1
