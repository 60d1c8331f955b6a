"""Everybody outside the three servers, in a process of its own: ``python -m tools.bench.events.acting``.

Visitors find their links in the mails that the mail server took. Under the worker's settings, for the officer and for
those who count. It reads jobs, one a line of JSON with ``what`` to do and the keywords of the function, and prints the
answer as JSON.
"""

import json
import resource
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import close_old_connections  # noqa: E402
from django.db.models import F  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402

from events.models import Event, Registration  # noqa: E402
from events.services import inviting, reconcile  # noqa: E402
from outreach.links import public_path  # noqa: E402
from outreach.mail.models import OutboxMessage  # noqa: E402
from outreach.queue.models import PeriodicJob  # noqa: E402
from outreach.queue.periodic import run_periodic  # noqa: E402
from tools.bench.events.post import Post  # noqa: E402
from tools.bench.events.visiting import Counters, Unexpected, Visitor  # noqa: E402

TOLD_BY = {"pending": "confirm"}  # the kind of mail, where it is not called like the state
DISAPPOINTED = 0.5  # seconds before the next comes, after one who met a fault
PAUSE = 0.2  # seconds between two looks at what the worker has left to do
PATIENCE = 20.0  # seconds a visitor waits for the mail
READING = 25  # visitors who are about to register, for each who may ask at once: most wait for their mail


def register(*, port: int, slug: str, name: str, count: int, at_once: int, taken: str) -> dict[str, Any]:
    """So many complete registrations, each by the link in its mail; ``taken`` is the mail server's file.

    ``times`` are the milliseconds all four answers of one took, ``seconds`` those in which somebody asked: while all
    wait for a mail, none counts.
    """
    form = public_path("events:register", slug, language="da")
    waiting = list(range(count))[::-1]
    with Post(taken) as post:
        done = Done(Counters(port, at_once), post)

        def work() -> None:
            while waiting:
                try:
                    number = waiting.pop()
                except IndexError:
                    break
                visit(form, number, f"{name}{number}@example.org", done)

        cpu = timed(work, min(count, READING * at_once))
    told = {"times": done.times, "errors": dict(done.errors), "again": sum(done.again), "waited": done.waited}
    return {**told, "seconds": done.counters.busy, "cpu": cpu}


@dataclass
class Done:
    """What the visitors of a round share, and what came of it."""

    counters: Counters
    post: Post
    times: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)  # seconds for the mail
    again: list[int] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)


def visit(form: str, number: int, email: str, done: Done) -> None:
    """One visitor, from the form to the last answer; a fault ends it."""
    visitor = Visitor(number)
    try:
        with done.counters.turn() as visitor.connection:
            visitor.propose(form, email)
        asked = time.time()
        if not (mail := done.post.wait(email, seconds=PATIENCE)):
            raise Unexpected("no mail")
        done.waited.append(mail.moment - asked)
        with done.counters.turn() as visitor.connection:
            visitor.confirm(mail.link)
    except (OSError, EOFError, Unexpected) as error:
        done.errors[str(error)] += 1
        time.sleep(DISAPPOINTED)
    done.times.append(visitor.milliseconds)
    done.again.append(visitor.again)


def timed(work: Any, at_once: int) -> float:
    """The milliseconds of processor time until so many threads had done their work."""
    threads = [threading.Thread(target=work) for _number in range(at_once)]
    before = _own_cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return _own_cpu() - before


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


def invite(*, pk: str) -> float:
    """Press the button that mails everybody on the list; when that was."""
    event, moment = Event.objects.get(pk=pk), time.time()
    inviting.send(event, officer=event.owner, now=timezone.now())
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


JOBS = {job.__name__: job for job in (register, rest, invite, grow_old, untold, counted, mails)}


def main() -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        job = json.loads(line)
        close_old_connections()
        print(json.dumps(JOBS[job.pop("what")](**job)), flush=True)


if __name__ == "__main__":
    main()
