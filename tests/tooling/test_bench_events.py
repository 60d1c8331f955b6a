"""The bench of events measures what it says: small, but whole."""

import json
import smtplib
import subprocess
import sys
import time
from contextlib import suppress
from email.message import EmailMessage

import pytest

from tests.postgresql import free_port
from tests.processes import ROOT, running
from tools.bench.checks import Check, at_least, at_most, summary
from tools.bench.events.post import Post


@pytest.mark.once
def test_the_mail_server_notes_each_mail_it_takes(tmp_path):
    port, taken = free_port(), tmp_path / "taken"
    command = [sys.executable, "-m", "tools.bench.events.sink", str(port), taken]
    with running(*command, env={"PYTHONPATH": str(ROOT)}, log=tmp_path / "log"), line_to(port) as line:
        for number in range(3):
            letter = f"Message-ID: <{number}@here>\r\n\r\n.\r\nMessage-ID: <none>\r\n"
            line.sendmail("a@example.org", [f"guest{number}@example.org"], letter)

    noted = [json.loads(text)[1:3] for text in taken.read_text().splitlines()]
    assert noted == [[f"guest{number}@example.org", f"<{number}@here>"] for number in range(3)]


@pytest.mark.once
def test_a_visitor_follows_the_link_of_the_mail_that_came(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("")
    mail = EmailMessage()
    mail.set_content("Kære Åse\n\nBekræft: http://127.0.0.1/arrangementer/bekraeft/abc/\n")
    with Post(str(taken)) as post:
        taken.write_text(json.dumps([1.0, "ana@example.org", "<1@here>", mail.as_string()]) + '\n[2.0, "half')

        assert post.wait("ana@example.org", seconds=1).link == "/arrangementer/bekraeft/abc/"
        assert post.wait("bo@example.org", seconds=0.1) is None


def line_to(port):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with suppress(ConnectionRefusedError):
            return smtplib.SMTP("127.0.0.1", port)
        time.sleep(0.05)
    raise AssertionError("The mail server does not start.")


@pytest.mark.once
def test_what_was_missed_is_named_with_what_was_wanted():
    assert summary([at_most("slow", 3, 2), at_least("fast", 3, 2)]) == "slow 3.00 (≤ 2)"
    assert summary([Check("fine", "0", "0", True)]) == "none of 1"


@pytest.mark.night
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_hundredth_of_the_bench_runs_to_its_end_and_finds_seats_and_mails_right(engine):
    command = [sys.executable, "-m", "tools.bench_events", engine, "--share=0.01"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500)

    verdicts = [line for line in done.stdout.splitlines() if line.startswith(("met", "MISSED"))]
    counted = [line for line in verdicts if any(word in line for word in ("errors", "that came", "got one", "wait"))]
    assert len(counted) == 5, done.stderr
    assert all(line.startswith("met") for line in counted)
