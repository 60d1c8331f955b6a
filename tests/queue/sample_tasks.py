"""Tasks for the tests: at module level, where a worker in another process finds them too."""

import os
import time
from datetime import timedelta
from pathlib import Path

from outreach.queue.tasks import task

NAMES = {
    "sample.note": "tests.queue.sample_tasks.note",
    "sample.note_all": "tests.queue.sample_tasks.note_all",
    "sample.fail": "tests.queue.sample_tasks.fail",
    "sample.hang_once": "tests.queue.sample_tasks.hang_once",
}
noted: list[tuple] = []


@task()
def note(*ids):
    noted.append(ids)


@task(together=True)
def note_all(*ids):
    noted.append(ids)
    if "bad" in ids:
        raise RuntimeError("One of them is to blame.")
    if "stop" in ids:
        raise SystemExit


@task(max_attempts=3, first_delay=timedelta(minutes=2))
def fail(*ids):
    noted.append(ids)
    raise RuntimeError("The task failed.")


@task(max_attempts=2, lease=timedelta(minutes=5))
def hang_once(path):
    """Writes a line at each start; the first time it never ends, so that the test can kill its worker."""
    diary = Path(path)
    with diary.open("a") as lines:
        lines.write(f"started {os.getpid()}\n")
    if diary.read_text().count("started") == 1:
        time.sleep(120)
    with diary.open("a") as lines:
        lines.write("done\n")
