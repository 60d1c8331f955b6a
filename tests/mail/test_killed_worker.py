"""A worker killed between the mail server's answer and its own note: no loss, at most one duplicate."""

import os
import signal
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from outreach.mail import outbox
from outreach.mail.models import LEASE, OutboxMessage
from tests.processes import ROOT, database_url, running

pytestmark = pytest.mark.django_db(transaction=True)
DRAIN = """
import django; django.setup()
from django.utils import timezone
from outreach.mail import kinds, outbox
from tests.mail.conftest import links
kinds.register(kinds.MailKind(name="sample.hello", links=links))
outbox.drain(timezone.now)
"""


@pytest.fixture
def environment(postbox):
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.mail.settings",
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": database_url(),
        "EMAIL_PORT": str(postbox.port),
    }


def test_a_worker_killed_in_mid_sending_loses_no_mail_and_repeats_one_at_most(write, postbox, environment, tmp_path):
    guests = [f"guest{number}@example.org" for number in range(200)]
    for guest in guests:
        write(guest)
    with running(sys.executable, "-c", DRAIN, env=environment, log=tmp_path / "log") as process:
        while len(postbox.mails) < 20:
            assert process.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.001)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert OutboxMessage.objects.filter(state="sending").exists()

    later = timezone.now() + LEASE + timedelta(seconds=1)
    outbox.drain(lambda: later)

    times = Counter(letter["To"] for letter in postbox.mails)
    assert set(times) == set(guests)
    assert sum(times.values()) - len(guests) in (0, 1)
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"sent"}
