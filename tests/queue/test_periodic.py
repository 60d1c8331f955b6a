from datetime import datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from outreach.queue import periodic
from outreach.queue.models import PeriodicJob

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 2, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def no_other_jobs(monkeypatch):
    monkeypatch.setattr(periodic, "JOBS", {})


@pytest.fixture
def bell():
    """A job called "bell", due every hour, that notes when it rang."""
    rang: list[datetime] = []
    periodic.register("bell", HOUR, rang.append)
    return rang


def test_a_job_runs_once_in_its_period_however_often_one_looks(bell):
    for minutes in (0, 1, 59):
        periodic.run_periodic(NOON + timedelta(minutes=minutes))

    assert bell == [NOON]


def test_a_job_that_is_late_runs_once_and_is_next_due_a_period_later(bell):
    periodic.run_periodic(NOON)
    late = NOON + 5 * HOUR

    assert periodic.run_periodic(late) == ["bell"]
    assert bell == [NOON, late]
    assert PeriodicJob.objects.get().next_at == late + HOUR


def test_a_failing_job_leaves_nothing_behind_and_holds_up_no_other(bell, caplog):
    def leave_half_and_break(now):
        PeriodicJob.objects.create(name="half", next_at=now)
        raise ValueError("text that may name people")

    periodic.register("broken", HOUR, leave_half_and_break)

    assert periodic.run_periodic(NOON) == ["bell"]
    broken = PeriodicJob.objects.get(name="broken")
    assert (broken.failures, broken.error) == (1, "builtins.ValueError")
    assert broken.next_at == NOON + timedelta(minutes=2)
    assert not PeriodicJob.objects.filter(name="half").exists()
    assert "name people" not in caplog.text


def test_a_job_that_works_again_forgets_its_failures():
    answers = iter([ZeroDivisionError(), None])

    def flaky(now):
        if error := next(answers):
            raise error

    periodic.register("flaky", HOUR, flaky)
    periodic.run_periodic(NOON)
    periodic.run_periodic(NOON + timedelta(minutes=2))

    job = PeriodicJob.objects.get()
    assert (job.failures, job.error, job.succeeded_at) == (0, "", NOON + timedelta(minutes=2))


def test_two_jobs_cannot_share_a_name(bell):
    with pytest.raises(ValueError, match="bell"):
        periodic.register("bell", HOUR, print)


@pytest.mark.django_db(transaction=True)
def test_processes_that_look_at_the_same_time_run_a_job_once(bell):
    def look():
        periodic.run_periodic(NOON)
        connection.close()

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert bell == [NOON]


def test_the_command_names_what_ran_and_what_fails(bell, capsys):
    periodic.register("broken", HOUR, lambda now: 1 / 0)

    call_command("run_periodic")

    printed = capsys.readouterr()
    assert printed.out == "bell\n"
    assert "broken failed 1 times in a row: builtins.ZeroDivisionError" in printed.err


@pytest.mark.parametrize("command", ["run_periodic", "worker"])
@pytest.mark.parametrize("face", ["public", "internal"])
def test_only_the_worker_does_background_work(settings, command, face):
    settings.FACE = face

    with pytest.raises(CommandError, match="worker"):
        call_command(command)
