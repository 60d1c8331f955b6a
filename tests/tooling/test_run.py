"""``make run`` as a person meets it: real processes, real signals. Stand-ins for the two servers keep it quick;
the real ones run in test_make_run.py."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.postgresql import free_port

ROOT = Path(__file__).resolve().parents[2]
FAMILY = "import subprocess, sys, time; child = subprocess.Popen(['sleep', '60']);"
# One write, so that the other server's lines cannot fall between its words.
STEADY = FAMILY + "import os; os.write(1, f'family {os.getpid()} {child.pid}\\n'.encode()); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + STEADY
SHORT = "raise SystemExit(3)"
SUPERVISOR = """
import sys
from tools import prepare, run
prepare.RUN = ()
run.GRACE = 1
python = [sys.executable, "-c"]
server = [sys.executable, "-m", "http.server", "--bind", "127.0.0.1"]
run.commands = lambda port: {"web server": [*server, str(port)], "task worker": [*python, sys.argv[1]]}
sys.exit(run.main())
"""


def start(*command, cwd=ROOT, **environment):
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.Popen(
        command,
        cwd=cwd,
        env={**outside, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def supervise(worker, port):
    return start(sys.executable, "-c", SUPERVISOR, worker, PORT=str(port))


def read_until(process, *words):
    """What the process printed up to the point where every one of ``words`` has appeared."""
    text = ""
    while not all(word in text for word in words):
        line = process.stdout.readline()
        assert line, f"ended early:\n{text}"
        text += line
    return text


def alive(pid):
    """Whether a process still runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def answers(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.parametrize("worker", [STEADY, STUBBORN], ids=["steady", "stubborn"])
@pytest.mark.parametrize("how", ["ctrl-c", "sigterm", "terminal closed", "ctrl-c twice"])
def test_stopping_leaves_no_process_behind(how, worker):
    port = free_port()
    process = supervise(worker, port)
    pids = re.findall(r"\d+", re.search("family.*", read_until(process, "family", "Ctrl-C stops"))[0])

    if how.startswith("ctrl-c"):
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGTERM if how == "sigterm" else signal.SIGHUP)
    if how == "ctrl-c twice":
        time.sleep(0.1)
        os.killpg(process.pid, signal.SIGINT)
    output, _ = process.communicate(timeout=10)

    assert process.returncode == 0
    assert "Stopped." in output
    assert "Traceback" not in output
    assert [pid for pid in pids if alive(pid)] == []
    assert not answers(port)


def test_when_one_of_the_two_ends_the_other_is_stopped_with_a_sentence():
    port = free_port()
    process = supervise(SHORT, port)

    output, _ = process.communicate(timeout=10)

    assert process.returncode == 1
    assert "The task worker ended with code 3; stopping the web server too." in output
    assert "Traceback" not in output
    assert not answers(port)


def make(*arguments, **environment):
    process = start("make", f"PYTHON={sys.executable}", *arguments, **environment)
    output, _ = process.communicate(timeout=30)
    return process.returncode, output


def test_a_port_in_use_gets_a_sentence_before_anything_is_installed():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, output = make("run", PORT=str(port))

    assert code != 0
    assert output.startswith(f"Port {port} is in use. Try another: PORT=8123 make run\n")
    assert "Traceback" not in output


@pytest.mark.parametrize("port", ["eight", "0", "70000"])
def test_a_port_that_is_none_gets_a_sentence(port):
    code, output = make("run", PORT=port)

    assert code != 0
    assert output.startswith("PORT must be a number between 1 and 65535")


def test_a_missing_venv_module_gets_a_sentence(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['ensurepip'] = None")

    code, output = make("run", PYTHONPATH=str(tmp_path))

    assert code != 0
    assert output.startswith(
        "Python's venv module is missing. On Debian and Ubuntu: sudo apt-get install python3-venv\n"
    )
    assert "Traceback" not in output


def test_an_old_python_gets_a_sentence(tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.version_info = (3, 9, 2, 'final', 0)")

    code, output = make("run", PYTHONPATH=str(tmp_path))

    assert code != 0
    assert output.startswith("Python 3.11 or newer is needed; this is 3.9.\n")
