"""Tasks of a kind that wait are done in one call, where the task says so."""

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.queue import worker
from outreach.queue.enqueue import enqueue
from tests.queue.sample_tasks import noted

pytestmark = pytest.mark.django_db


def wait(*ids, name="sample.note_all"):
    for each in ids:
        enqueue(name, each)


def states():
    return sorted(DBTaskResult.objects.values_list("status", flat=True))


def test_those_that_wait_are_done_in_one_call(work):
    wait("a", "b", "c")

    work()

    assert [sorted(ids) for ids in noted] == [["a", "b", "c"]]
    assert states() == ["SUCCESSFUL"] * 3
    assert all(row.finished_at and len(row.worker_ids) == 1 for row in DBTaskResult.objects.all())


def test_others_are_done_one_by_one(work):
    wait("a", "b", name="sample.note")

    work()

    assert sorted(noted) == [("a",), ("b",)]


def test_one_that_fails_holds_up_no_other_and_is_tried_again_alone(work):
    wait("a", "bad", "c")

    work()

    assert sorted(noted[1:]) == [("a",), ("bad",), ("c",)]
    assert states() == ["READY", "SUCCESSFUL", "SUCCESSFUL"]
    wait("d")
    DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
    noted.clear()
    work()
    assert sorted(noted) == [("bad",), ("d",)]


def test_no_more_than_so_many_are_done_in_one_call(work, monkeypatch):
    monkeypatch.setattr(worker, "TOGETHER", 2)
    wait("a", "b", "c")

    work()

    assert sorted(map(len, noted)) == [1, 2]
    assert states() == ["SUCCESSFUL"] * 3


def test_a_worker_told_twice_to_stop_gives_all_of_them_back(work):
    wait("a", "stop")

    with pytest.raises(SystemExit):
        work()

    assert states() == ["READY", "READY"]


def test_what_waits_for_its_time_is_not_done_with_the_others(work):
    wait("a")
    enqueue("sample.note_all", "later", run_after=timezone.now() + timezone.timedelta(hours=1))

    work()

    assert noted == [("a",)]
