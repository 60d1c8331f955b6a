"""The worker as a process: killed, interrupted, told to stop."""

import os
import signal
import sys
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.queue.enqueue import enqueue
from outreach.queue.models import PeriodicJob
from tests.processes import ROOT, database_url, running

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start(tmp_path):
    """``with start("--batch") as process:`` runs a worker on the database of the test."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "outreach.settings.testing", "DATABASE_URL": database_url()}

    @contextmanager
    def start(*options):
        command = [sys.executable, ROOT / "manage.py", "worker", "--interval=0.1", *options]
        with running(*command, env=env, log=tmp_path / "worker.log") as process:
            yield process

    return start


def wait_until(condition, *, seconds=30):
    deadline = time.monotonic() + seconds
    while not (reached := condition()):
        assert time.monotonic() < deadline, "It did not happen in time."
        time.sleep(0.05)
    return reached


def lines(diary):
    return diary.read_text().splitlines() if diary.exists() else []


def test_a_task_whose_worker_was_killed_is_reaped_and_done_once_more(start, tmp_path):
    diary = tmp_path / "diary"
    enqueue("sample.hang_once", str(diary))
    with start() as process:
        wait_until(lambda: lines(diary))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert DBTaskResult.objects.get().status == "RUNNING"

    lease_passed = timezone.now() - timedelta(minutes=6)
    DBTaskResult.objects.update(started_at=lease_passed)
    PeriodicJob.objects.update(next_at=lease_passed)
    with start():
        wait_until(lambda: DBTaskResult.objects.get().status == "SUCCESSFUL")

    assert [line.split()[0] for line in lines(diary)] == ["started", "started", "done"]
    assert len(DBTaskResult.objects.get().worker_ids) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_idle_worker_ends_at_once_and_leaves_no_process_behind(start, number):
    with start() as process:
        wait_until(lambda: PeriodicJob.objects.exclude(succeeded_at=None).exists())
        process.send_signal(number)

        assert process.wait(timeout=5) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)  # the group is empty


def test_a_worker_told_twice_to_stop_gives_its_task_back(start, tmp_path):
    diary = tmp_path / "diary"
    enqueue("sample.hang_once", str(diary))
    with start() as process:
        wait_until(lambda: lines(diary))
        process.send_signal(signal.SIGINT)
        time.sleep(0.5)
        assert process.poll() is None

        process.send_signal(signal.SIGINT)
        process.wait(timeout=10)

    row = DBTaskResult.objects.get()
    assert (row.status, len(row.worker_ids)) == ("READY", 1)


def test_the_worker_minds_the_clock_while_a_task_takes_long(start, tmp_path):
    diary = tmp_path / "diary"
    enqueue("sample.hang_once", str(diary))
    with start("--tick=0.1") as process:
        wait_until(lambda: lines(diary))
        DBTaskResult.objects.update(started_at=timezone.now() - timedelta(minutes=6))
        PeriodicJob.objects.update(next_at=timezone.now())

        wait_until(lambda: DBTaskResult.objects.get().status == "READY")
        process.kill()
