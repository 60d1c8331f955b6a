"""A reader of the mailbox killed again and again: no answer is lost, and none is proposed twice."""

import os
import signal
import sys
import time

import pytest
from django.db.models import F

from events.models import Reply
from tests.events import answered
from tests.events.factories import EventFactory, RegistrationFactory
from tests.processes import ROOT, database_url, running

pytestmark = pytest.mark.django_db(transaction=True)
MAILS = 60


def test_a_reader_killed_three_times_reads_every_answer_once(tmp_path):
    event = EventFactory(seats=MAILS)
    for folder in ("new", "cur"):
        (tmp_path / folder).mkdir()
    for number in range(MAILS):
        seat = RegistrationFactory(event=event, confirmed=True, email=f"guest{number}@example.org")
        (tmp_path / "new" / str(number)).write_bytes(answered.google(seat))

    for until in (5, 20, 35):
        read(tmp_path, until=until)
    kept = dict(Reply.objects.values_list("pk", "received_at"))
    read(tmp_path)

    assert (len(list((tmp_path / "cur").iterdir())), list((tmp_path / "new").iterdir())) == (MAILS, [])
    assert Reply.objects.undecided().filter(said_at__lt=F("received_at")).count() == MAILS
    again = Reply.objects.filter(pk__in=kept).values_list("pk", "received_at")
    assert dict(again) == kept, "what was read before is not read anew"


def read(box, until=None):
    """Read the mailbox in a process of its own, killed as soon as so many mails are marked."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "outreach.settings.testing",
        "DATABASE_URL": database_url(),
    }
    log = box.parent / f"{box.name}.log"
    command = (sys.executable, str(ROOT / "manage.py"), "read_mailbox", str(box))
    with running(*command, env=environment, log=log) as process:
        while until and process.poll() is None and len(list((box / "cur").iterdir())) < until:
            time.sleep(0.001)
        if until:
            process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=60) == (-signal.SIGKILL if until else 0), log.read_text()
