"""What each person must be told, kept apart from the code; and a worker that dies, and does its work twice.

The model looks at what a step visibly changed and notes what that calls for. When the worker has done all there is to
do, the outbox holds exactly that: nothing untold, nothing twice, nothing that did not happen.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import NamedTuple
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from outreach.mail import outbox, sending
from outreach.mail.line import ServerAway
from outreach.mail.models import LEASE, Mailbox, OutboxMessage, Suppression
from outreach.mail.tasks import drain_when_due
from outreach.queue.tasks import policy

SHARED, ALSO_HERS = "post@example.org", "ana@example.org"
BOUNCED, NO_REMINDERS = "gone@example.org", "quiet@example.org"
# How a notice stands when the worker is done: it was to be told, it might be, it must not be.
MUST, MAY, NO = "must", "may", "no"


def quick(told):
    """The same settings without a search for the shortest way to a fault, which takes minutes here."""
    return settings(told, phases=[Phase.generate])


class Killed(BaseException):
    """kill -9, wherever the worker was."""


class Notice(NamedTuple):
    kind: str
    about: str  # the key of a registration or an invitation
    stands: Callable[[], str]  # MUST, MAY or NO, asked when the worker is done


class Server:
    """A mail server that ``taken`` counts for, by Message-ID; it stands in for the line to it."""

    def __init__(self, breathe):
        self.breathe = breathe
        self.taken = Counter()
        self.away = False

    def __enter__(self):
        return self

    def __exit__(self, *error):
        pass

    def send(self, mail):
        if self.away:
            raise ServerAway("away")
        self.breathe()
        self.taken[mail.extra_headers["Message-ID"]] += 1
        self.breathe()


class Told(RuleBasedStateMachine):
    """Drives one event; each run is rolled back. A machine adds its rules, ``look`` and ``noted``."""

    def __init__(self):
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.server = Server(self.breathe)
        self.save = sending._save
        for module, name, stand_in in (
            (outbox, "Line", lambda: self.server),
            (outbox, "BATCH", 3),
            (sending, "TOGETHER", 2),  # mails to many are written in parts
            (sending, "_save", self.write),
        ):
            self.stack.enter_context(patch.object(module, name, stand_in))
        self.must, self.may, self.due = Counter(), Counter(), []
        self.addresses: dict[str, str] = {}  # by the key of what a mail is about
        self.finished: list[tuple] = []
        self.breaths: int | None = None  # that the worker still draws; None: it lives
        self.deaths, self.interrupted, self.behind = 0, False, False
        Suppression.objects.create(address=BOUNCED, reason="bounced", since=timezone.now())
        Mailbox.objects.create(address=NO_REMINDERS, unwanted=["events.reminders", "events.invitations"])

    def teardown(self):
        try:
            self.server.away, self.breaths = False, None
            self.mend()
            self.work()
        finally:
            transaction.set_rollback(True)
            self.stack.close()

    # What the worker does

    def write(self, messages):
        self.breathe()
        self.save(messages)

    def breathe(self):
        if self.breaths == 0:
            self.breaths = None
            raise Killed
        if self.breaths:
            self.breaths -= 1

    def work(self, *, newest_first=False):
        """Run every task there is, in the order of the queue or, as two workers might, the other way round."""
        try:
            while rows := self.next(newest_first):
                args = [value for row in rows for value in row.args_kwargs["args"]]
                self.run(args, rows[0].task)
                DBTaskResult.objects.filter(pk__in=[row.pk for row in rows]).delete()
        except Killed:
            self.deaths += 1
            self.interrupted = True
            lost = timezone.now() - LEASE - timedelta(seconds=1)
            OutboxMessage.objects.filter(state="sending").update(claimed_at=lost)
        else:
            self.settle()

    def next(self, newest_first):
        """A task, and with it those of its kind that can be done in one call."""
        ready = DBTaskResult.objects.ready().order_by("-enqueued_at" if newest_first else "enqueued_at")
        rows = list(ready[:1])
        together = rows and policy(rows[0].task_path).together
        return list(ready.filter(task_path=rows[0].task_path)) if together else rows

    def run(self, args, task):
        with self.step(by_worker=True):
            task.call(*args)
        self.finished.append((args, task))

    def mend(self):
        """The mail server is back, and time goes by."""
        self.server.away = False
        now = timezone.now()
        OutboxMessage.objects.filter(state="queued").update(next_attempt_at=now)
        drain_when_due(now)

    # What must be told

    @contextmanager
    def step(self, *, by_worker=False):
        """Note what it changed; unless the worker is behind, it then does what there is to do."""
        before = self.look()
        try:
            yield
        finally:
            self.noted(before, self.look(), by_worker=by_worker)
        if not by_worker and not self.behind:
            self.work()

    def owe(self, kind, about, stands=lambda: MUST):
        if self.addresses[str(about)]:
            self.due.append(Notice(kind, str(about), stands))

    def settle(self):
        for notice in self.due:
            stands = notice.stands()
            if stands == MUST:
                self.must[notice.kind, notice.about] += 1
            elif stands == MAY or self.interrupted:
                self.may[notice.kind, notice.about] += 1
        self.due, self.interrupted = [], False
        self.compare()

    def compare(self):
        told, outdated, skipped, mails = Counter(), Counter(), set(), list(OutboxMessage.objects.all())
        for message in mails:
            key = (message.kind, message.about_pk)
            if message.state == "skipped":
                assert message.reason
                skipped.add(key)
                if message.reason == "no longer so":
                    assert self.is_outdated(*key), key
                    outdated[key] += 1
            else:
                assert message.to == self.addresses[message.about_pk]
                told[key] += 1
        for key, times in self.must.items():
            reached = told[key] + outdated[key]
            assert (key in skipped) if self.is_barred(*key) else reached >= times, f"untold: {key}"
        for key, times in told.items():
            assert times <= self.must[key] + self.may[key], f"told too often: {key}"
            assert not self.is_barred(*key), key
        self.delivered([message for message in mails if message.state != "skipped"])

    def delivered(self, mails):
        """Each mail has left, unless the server is away; as many came twice as workers died, at most."""
        ids = {message.message_id for message in mails}
        assert set(self.server.taken) <= ids
        assert self.server.taken.total() - len(self.server.taken) <= self.deaths
        if not self.server.away:
            assert {message.state for message in mails} <= {"sent"}
            assert set(self.server.taken) == ids

    def is_barred(self, kind, about):
        """Whether the gate holds this mail back."""
        address = self.addresses[about]
        wished_away = kind == "events.reminder" or kind.startswith("events.invitation")
        return address == BOUNCED or (address == NO_REMINDERS and wished_away)

    def is_outdated(self, kind, about):
        """Whether a mail of this kind would say by now what is not so."""
        return False

    def came(self, registration, *kinds):
        """Whether a mail of these kinds lies in the mailbox: only then has anybody its link."""
        mails = OutboxMessage.objects.about(registration).filter(kind__in=kinds, state="sent")
        return mails.exists()

    # What the machines do

    @rule()
    def the_worker_falls_behind(self):
        self.behind = True

    @rule(breaths=st.none() | st.integers(0, 12), newest_first=st.booleans(), stays=st.booleans())
    def the_worker_comes_back(self, breaths, newest_first, stays):
        self.breaths = breaths
        self.work(newest_first=newest_first)
        self.behind, self.breaths = not stays, None

    @rule(last=st.integers(1, 12))
    def what_was_finished_is_done_again(self, last):
        for args, task in self.finished[-last:]:
            self.run(args, task)
        if not self.behind:
            self.work()

    @rule(away=st.booleans())
    def the_mail_server_goes_away_and_comes_back(self, away):
        self.server.away = away
        if not away:
            self.mend()
        if not self.behind:
            self.work()
