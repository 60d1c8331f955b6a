"""kill -9 in the middle of registrations: seats, waiting list and mails agree afterwards, and no mail is lost."""

import os
import random
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.processes import manage
from tools.bench.events.running import children_of, site, stage

pytestmark = [pytest.mark.postgresql, pytest.mark.night]
KILLS, VISITORS = 10, 40


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    """A PostgreSQL that keeps what was committed, with a filled calendar."""
    with stage(tmp_path_factory.mktemp("kills"), "postgresql", events=3, people=5) as made:
        yield made


@pytest.fixture
def made(staged, request):
    with site(staged, request.node.callspec.id, works=True) as made:
        yield made


def a_worker(made):
    made.worker.kill()
    made.worker.wait()
    made.hire()


def a_web_process(made):
    os.kill(random.choice(children_of(made.web.pid)), signal.SIGKILL)  # gunicorn starts another


def the_database(made):
    server = made.stage.server
    server.process.send_signal(signal.SIGSTOP)  # from now on it starts no other
    backends = children_of(server.process.pid)
    for backend in backends:
        os.kill(backend, signal.SIGKILL)
    server.process.kill()
    server.process.wait()
    while any(lives(backend) for backend in backends):
        time.sleep(0.01)
    server.launch()


def lives(pid):
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("kill", [a_worker, a_web_process, the_database], ids=lambda kill: kill.__name__)
def test_after_ten_kills_seats_queue_and_mails_agree(made, kill):
    event = made.facts["narrow"]

    for number in range(KILLS):
        rush(made, event, number, kill)
        assert visit(made, event, f"after{number}-", 10)["errors"] == {}
    settle(made)

    assert "0 numbers mended" in manage("reconcile_seats", env=made.working)
    found = made.cast.do("counted", pk=event["pk"])
    assert found["states"]["confirmed"] == 50
    assert found["states"]["waiting"] > 0
    assert made.cast.do("untold", pk=event["pk"]) == []
    assert_each_mail_came(made)


def rush(made, event, number, kill):
    """Visitors come eight at a time and something is killed among them; some meet a fault."""
    visitors = threading.Thread(target=visit, args=(made, event, f"guest{number}-", VISITORS))
    visitors.start()
    visitors.join(random.uniform(0.2, 1.0))
    assert visitors.is_alive(), "All were done before anything was killed."
    kill(made)
    visitors.join()


def visit(made, event, name, count):
    return made.register(event, name=name, count=count, at_once=8)


def settle(made):
    """The leases of what was killed run out, and another worker does what was left."""
    for _time in range(2):
        made.worker.terminate()
        made.worker.wait()
        made.cast.do("grow_old")
        made.hire()
        assert made.cast.do("rest", seconds=120)


def assert_each_mail_came(made):
    found = made.cast.do("mails")
    came = Counter(mail.message_id for mail in made.mails())
    assert set(found["states"]) == {"sent"}
    assert set(came) == set(found["ids"])
    assert max(came.values()) <= 2
    assert came.total() - len(came) <= KILLS
