from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.queue.enqueue import enqueue
from outreach.queue.reaper import prune, reap
from outreach.queue.tasks import Policy
from tests.queue.sample_tasks import noted

pytestmark = pytest.mark.django_db


def make_due():
    DBTaskResult.objects.update(run_after=timezone.now())


def leave_running(attempts, *, started_ago):
    """As a killed worker leaves it."""
    enqueue("sample.hang_once", "unused")
    DBTaskResult.objects.update(
        status="RUNNING", started_at=timezone.now() - started_ago, worker_ids=["dead"] * attempts
    )


def test_a_task_that_raised_waits_its_turn_and_runs_again(work):
    enqueue("sample.fail", 1)

    work()

    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == ("READY", 1)
    assert timedelta(seconds=110) < row.run_after - timezone.now() <= timedelta(minutes=2)
    make_due()
    work()
    assert noted == [(1,), (1,)]


def test_pauses_double_up_to_an_hour():
    delays = [Policy().delay(attempts) for attempts in range(1, 9)]

    assert [delay.seconds // 60 for delay in delays] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_a_task_that_keeps_raising_fails_in_the_open(work, caplog):
    enqueue("sample.fail", 1)
    for _ in range(5):
        make_due()
        work()

    row = DBTaskResult.objects.get()
    assert (row.status, len(noted)) == ("FAILED", 3)
    assert row.exception_class_path == "builtins.RuntimeError"
    assert "failed for good after 3 attempts" in caplog.text


def test_a_task_that_raised_while_its_worker_ended_is_found_by_the_reaper(work, monkeypatch):
    enqueue("sample.fail", 1)
    work()
    DBTaskResult.objects.update(status="FAILED")  # the worker ended before it could put the task back

    assert reap(timezone.now()) == 1
    assert DBTaskResult.objects.get().status == "READY"


def test_a_task_whose_worker_died_is_ready_again_after_its_lease():
    leave_running(1, started_ago=timedelta(minutes=6))

    assert reap(timezone.now()) == 1
    assert DBTaskResult.objects.ready().count() == 1


def test_a_task_within_its_lease_is_left_alone():
    leave_running(1, started_ago=timedelta(minutes=4))

    assert reap(timezone.now()) == 0
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_task_that_kills_its_worker_every_time_fails_in_the_open(caplog):
    leave_running(2, started_ago=timedelta(minutes=6))

    reap(timezone.now())

    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "outreach.queue.reaper.WorkerDied")
    assert "failed for good" in caplog.text


def test_a_task_that_is_no_longer_in_the_code_stays_failed(work):
    enqueue("sample.note")
    DBTaskResult.objects.update(task_path="tests.queue.sample_tasks.gone")

    work()
    reap(timezone.now())

    assert DBTaskResult.objects.get().status == "FAILED"


def test_finished_tasks_are_forgotten_and_failed_ones_later():
    for status, days in [("SUCCESSFUL", 4), ("SUCCESSFUL", 2), ("FAILED", 20), ("FAILED", 31)]:
        enqueue("sample.note", days)
        finished = timezone.now() - timedelta(days=days)
        DBTaskResult.objects.filter(finished_at=None).update(status=status, finished_at=finished)

    assert prune(timezone.now()) == 2
    kept = DBTaskResult.objects.order_by("finished_at").values_list("status", flat=True)
    assert list(kept) == ["FAILED", "SUCCESSFUL"]
