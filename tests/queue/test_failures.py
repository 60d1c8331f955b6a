"""What failed is seen by those who run the place, and tells them no name."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from outreach.queue.enqueue import enqueue
from outreach.queue.models import PeriodicJob

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed_task(work):
    enqueue("sample.fail", 1)
    for _ in range(3):
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
    return DBTaskResult.objects.get()


def test_a_healthy_queue_is_told_in_numbers(capsys):
    enqueue("sample.note")

    call_command("queue")

    assert capsys.readouterr().out == "ready: 1\n"


def test_a_task_that_failed_for_good_is_named_and_fails_the_command(failed_task, capsys):
    with pytest.raises(CommandError) as refusal:
        call_command("queue")

    told = f"tests.queue.sample_tasks.fail {failed_task.pk}: builtins.RuntimeError after 3 attempts"
    assert str(refusal.value) == told


def test_a_job_that_keeps_failing_is_named_too():
    PeriodicJob.objects.create(name="bell", next_at=timezone.now(), failures=2, error="builtins.ValueError")

    with pytest.raises(CommandError, match=r"bell: builtins\.ValueError, 2 times in a row"):
        call_command("queue")


def test_a_failed_task_can_be_put_back_as_if_new(failed_task, capsys):
    call_command("queue", "--retry")

    failed_task.refresh_from_db()
    assert (failed_task.status, failed_task.worker_ids) == ("READY", [])
    assert capsys.readouterr().out.startswith("1 failed tasks are back in the queue.\n")


def test_what_is_kept_of_a_failure_is_its_type_and_its_way(failed_task):
    assert failed_task.traceback.splitlines()[0] == "builtins.RuntimeError"
    assert "tests/queue/sample_tasks.py:" in failed_task.traceback
    assert "The task failed." not in failed_task.traceback
