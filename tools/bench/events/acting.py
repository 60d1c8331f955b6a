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

from django.db import Error as DatabaseError  # noqa: E402
from django.db import close_old_connections, connections  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from events.models import Event, Registration  # noqa: E402
from events.services import planning, reconcile, tokens  # noqa: E402
from outreach.links import public_path  # noqa: E402
from outreach.mail.models import OutboxMessage  # noqa: E402
from outreach.queue.models import PeriodicJob  # noqa: E402
from outreach.queue.periodic import run_periodic  # noqa: E402
from tools.bench.events.visiting import Unexpected, Visitor  # noqa: E402
from tools.bench.load import Connection  # noqa: E402

TOLD_BY = {"pending": "confirm"}  # the kind of mail, where it is not called like the state
DISAPPOINTED = 0.5  # seconds before the next comes, after one who met a fault
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
            except (OSError, EOFError, Unexpected, DatabaseError) as error:
                errors[type(error).__name__ if isinstance(error, DatabaseError) else str(error)] += 1
                connection.close()
                connections.close_all()
                time.sleep(DISAPPOINTED)
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
    registration = Registration.objects.select_related("event").filter(email=email).last()
    if registration is None:
        raise Unexpected("not kept")
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


def grow_old() -> None:
    """What dead workers left is long ago, and everything that waits is due; no worker is alive meanwhile."""
    now, hour = timezone.now(), timedelta(hours=1)
    DBTaskResult.objects.filter(status="RUNNING").update(started_at=F("started_at") - hour)
    DBTaskResult.objects.filter(status="READY").update(run_after=now)
    OutboxMessage.objects.filter(state="sending").update(claimed_at=F("claimed_at") - hour)
    OutboxMessage.objects.filter(state="queued").update(next_attempt_at=now)
    PeriodicJob.objects.update(next_at=now)
    run_periodic(now)
    DBTaskResult.objects.filter(status="READY").update(run_after=now)


def untold(*, pk: str) -> list[str]:
    """Those who have no mail that says what became of their registration; each state and address."""
    sent = OutboxMessage.objects.filter(state="sent")
    rows = Registration.objects.filter(event=Event(pk=pk))
    return [
        f"{row.status} {row.email}"
        for row in rows
        if not sent.about(row).filter(kind=f"events.{TOLD_BY.get(row.status, row.status)}").exists()
    ]


def counted(*, pk: str) -> dict[str, Any]:
    """How many registrations are in each state, and whether the counters agree."""
    event = Event.objects.get(pk=pk)
    rows, wrong = Registration.objects.of(event), reconcile.differences(event)
    return {"states": Counter(rows.values_list("status", flat=True)), "differences": len(wrong)}


def mails() -> dict[str, Any]:
    """How many mails are in each state, when the first and the last were written, and which were sent."""
    rows = OutboxMessage.objects.order_by("created_at")
    first, last = rows.first(), rows.last()
    written = [mail.created_at.timestamp() for mail in (first, last) if mail]
    ids = list(rows.filter(state="sent").values_list("message_id", flat=True))
    return {"states": Counter(rows.values_list("state", flat=True)), "written": written, "ids": ids}


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return (used.ru_utime + used.ru_stime) * 1000


JOBS = {job.__name__: job for job in (register, rest, move, grow_old, untold, counted, mails)}


def main() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        close_old_connections()
        print(json.dumps(JOBS[job.pop("what")](**job)), flush=True)


if __name__ == "__main__":
    main()
