"""The faces as real processes, under their production settings and their database roles."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from tests.postgresql import Server, free_port
from tools.faces import environment as environment

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Roles:
    """A migrated database with its four roles."""

    server: Server
    database: str

    def url(self, face: str) -> str:
        """The address under which ``owner``, ``public``, ``internal`` or ``worker`` connects."""
        return self.server.url(self.database, role=f"outreach_{face}")


def database_url() -> str:
    """The database of this test, for another process; only a ``transaction=True`` test shows it anything."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"
    return f"sqlite:///{name}"


def manage(*arguments: str, env: dict[str, str]) -> str:
    """Run one management command to its end and return what it printed; its errors are the test's."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"manage.py {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@contextmanager
def running(*command: str | Path, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A process with its own group, ended with everything it started."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@contextmanager
def serving(env: dict[str, str], log: Path, *, port: int | None = None) -> Iterator[str]:
    """One face behind gunicorn; yields its address once it answers."""
    port = port or free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket"]  # by default one file in HOME for all of them
    gunicorn += ["--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with running(*gunicorn, "outreach.wsgi", env=env, log=log) as process:
        wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"


def wait_for(port: int, process: subprocess.Popen, log: Path, *, seconds: float = 30) -> None:
    """Return when something listens on ``port``; fail with the log when the process ends first."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"Nothing answers on port {port}:\n{log.read_text(errors='replace')}")
