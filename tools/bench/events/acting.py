"""Everybody outside the three servers, in a process of its own: ``python -m tools.bench.events.acting``.

Under the worker's settings, for it makes the links that visitors would find in their mails. It reads jobs, one a line
of JSON with ``what`` to do and the keywords of the function, and prints the answer as JSON.
"""

import json
import resource
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from events.models import Event, Registration  # noqa: E402
from events.services import planning, reconcile, tokens  # noqa: E402
from outreach.links import public_path  # noqa: E402
from outreach.mail.models import OutboxMessage  # noqa: E402
from tools.bench.events.visiting import Unexpected, Visitor  # noqa: E402
from tools.bench.load import Connection  # noqa: E402

PAUSE = 0.2  # seconds between two looks at what the worker has left to do


def register(*, port: int, slug: str, name: str, count: int, at_once: int) -> dict[str, Any]:
    """So many complete registrations; ``times`` are the milliseconds all four answers of one took."""
    form = public_path("events:register", slug, language="da")
    waiting = list(range(count))[::-1]
    times: list[float] = []
    errors: Counter[str] = Counter()
    again: list[int] = []

    def work() -> None:
        connection = Connection(port)
        while waiting:
            try:
                number = waiting.pop()
            except IndexError:
                break
            visitor, email = Visitor(connection, number), f"{name}{number}@example.org"
            try:
                visitor.propose(form, email)
                visitor.confirm(link(email))
            except (OSError, EOFError, Unexpected) as error:
                errors[str(error) or type(error).__name__] += 1
                connection.close()
            times.append(visitor.milliseconds)
            again.append(visitor.again)
        connection.close()
        connections.close_all()

    seconds, cpu = timed(work, at_once)
    return {"seconds": seconds, "times": times, "errors": dict(errors), "again": sum(again), "cpu": cpu}


def timed(work: Any, at_once: int) -> tuple[float, float]:
    """Seconds until so many threads had done their work, and the milliseconds of processor time they took."""
    threads = [threading.Thread(target=work) for _number in range(at_once)]
    began, before = time.perf_counter(), _own_cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began, _own_cpu() - before


def link(email: str) -> str:
    """Where the mail to this address leads; the worker finds the same link when it sends the mail."""
    registration = Registration.objects.select_related("event").get(email=email)
    token = tokens.issue(registration, tokens.Purpose.CONFIRM)
    return public_path("events:confirm", token, language="da")


def rest(*, seconds: float) -> bool:
    """Whether the worker has nothing left to do, within so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not (DBTaskResult.objects.filter(status__in=("READY", "RUNNING")).exists() or _mails_left()):
            return True
        time.sleep(PAUSE)
    return False


def _mails_left() -> bool:
    return OutboxMessage.objects.filter(state__in=("queued", "sending")).exists()


def move(*, pk: str) -> float:
    """Have an event begin an hour later, so that all who come are told; when that was."""
    event = Event.objects.get(pk=pk)
    hour = timedelta(hours=1)
    facts = {"starts_at": event.starts_at + hour, "ends_at": event.ends_at + hour}
    moment = time.time()
    planning.change(event, facts, officer=event.owner, now=timezone.now())
    return moment


def counted(*, pk: str) -> dict[str, Any]:
    """How many registrations are in each state, and whether the counters agree."""
    event = Event.objects.get(pk=pk)
    rows, wrong = Registration.objects.of(event), reconcile.differences(event)
    return {"states": Counter(rows.values_list("status", flat=True)), "differences": len(wrong)}


def mails() -> dict[str, Any]:
    """How many mails are in each state, and when the first and the last were written."""
    rows = OutboxMessage.objects.order_by("created_at")
    first, last = rows.first(), rows.last()
    written = [mail.created_at.timestamp() for mail in (first, last) if mail]
    return {"states": Counter(rows.values_list("state", flat=True)), "written": written}


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1000


JOBS = {job.__name__: job for job in (register, rest, move, counted, mails)}


def main() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        print(json.dumps(JOBS[job.pop("what")](**job)), flush=True)


if __name__ == "__main__":
    main()
