"""The worker as an operator runs it: production settings, its own database role."""

import subprocess
import sys

import psycopg
import pytest

from tests.processes import ROOT, environment, manage

pytestmark = pytest.mark.postgresql

SEND = """
import django; django.setup()
from django.utils import timezone
from outreach.mail import kinds, outbox
from outreach.mail.sending import send
from outreach.mail.models import OutboxMessage, Suppression
from outreach.places.models import Region
kinds.register(kinds.MailKind(name="sample.hello"))
region = Region(pk=1, name="Øst")
for address in ("bo@example.org", "ana@example.org"):
    print(send("sample.hello", to=address, language="da", about=region, dedupe=address).state)
print(outbox.drain(timezone.now))
"""
COUNT = """
import django; django.setup()
from django.utils import timezone
from outreach.privacy.limits import Use, allow
print([allow(Use("register", "192.0.2.7", 2), now=timezone.now()) for _ in range(3)])
"""


def run(code, env):
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def worker(roles):
    return environment("worker", roles.url("worker"))


def test_every_periodic_job_may_do_its_work_under_the_role_of_the_worker(worker, roles):
    ran = manage("run_periodic", env=worker).split()

    assert {"queue.reap", "queue.prune", "mail.drain_outbox", "privacy.retention", "privacy.forget_hits"} <= set(ran)
    with psycopg.connect(roles.url("owner")) as connection:
        failed = connection.execute("SELECT name, error FROM queue_periodicjob WHERE failures > 0").fetchall()
    assert failed == []


def test_mail_is_written_and_sent_under_the_role_of_the_worker(worker, tmp_path):
    folder = tmp_path / "mail" / "sample"
    folder.mkdir(parents=True)
    (folder / "hello.da.subject.txt").write_text("Hej")
    (folder / "hello.da.body.txt").write_text("Hej fra {{ about.name }}")
    settings = tmp_path / "worker_here.py"
    settings.write_text(
        "from outreach.settings.worker import *\n"
        "from outreach.settings.worker import TEMPLATES\n"
        f"TEMPLATES[0]['DIRS'] = [*TEMPLATES[0]['DIRS'], {str(tmp_path)!r}]\n"
    )
    env = {**worker, "DJANGO_SETTINGS_MODULE": "worker_here", "PYTHONPATH": str(tmp_path), "EMAIL_URL": "dummymail://"}

    assert run(SEND, env).split() == ["queued", "queued", "2"]


def test_a_visitors_process_counts_uses_under_its_own_role(roles):
    env = environment("public", roles.url("public"))

    assert run(COUNT, env).strip() == "[True, True, False]"
