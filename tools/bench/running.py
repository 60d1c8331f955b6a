"""The databases and servers of a run: private, on 127.0.0.1, gone when it ends."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgresql import Server, free_port
from tools.faces import environment

ROOT = Path(__file__).resolve().parents[2]
LARGE = 10_000  # pages
STOP = 10  # seconds


class Failed(Exception):
    """A step did not succeed; the message is what it printed."""


@dataclass
class Databases:
    """Two sites on one PostgreSQL server: as it starts, and grown to ten thousand pages."""

    server: Server
    folder: Path
    small: str = "bench_small"
    large: str = "bench_large"

    def run(self, *command: str, database: str, settings: str = "outreach.settings.worker") -> str:
        """One command to its end, as the owner of the database."""
        env = self.environment("worker", database, "owner", DJANGO_SETTINGS_MODULE=settings)
        done = subprocess.run(
            [sys.executable, *command], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise Failed(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def environment(self, face: str, database: str, role: str, **overrides: str) -> dict[str, str]:
        folders = {"STATIC_ROOT": str(self.folder / "static"), "MEDIA_ROOT": str(self.folder / "media")}
        url = self.server.url(database, role=f"outreach_{role}")
        return environment(face, url, **folders, **overrides)

    def build(self) -> None:
        """Migrate, load what a first start loads, and grow a copy."""
        owner = "tools.bench.owner"
        self.server.execute(
            "CREATE ROLE outreach_owner LOGIN CREATEROLE", f"CREATE DATABASE {self.small} OWNER outreach_owner"
        )
        for command in ("migrate --verbosity=0", "grants", "load_starting_content", "load_demonstration --here"):
            self.run("manage.py", *command.split(), database=self.small)
        self.run("manage.py", "migrate", "--run-syncdb", "--verbosity=0", database=self.small, settings=owner)
        self.server.execute("GRANT SELECT ON bench_plainpage TO outreach_public", database=self.small)
        self.run("-m", "tools.bench.content", "plain", database=self.small, settings=owner)
        settings = "tools.bench.settings"
        self.run("manage.py", "collectstatic", "--noinput", "-v0", database=self.small, settings=settings)
        self.server.execute(f"CREATE DATABASE {self.large} TEMPLATE {self.small} OWNER outreach_owner")
        self.run("-m", "tools.bench.content", "fill", str(LARGE), database=self.large, settings=owner)
        self.run("manage.py", "rebuild_search", database=self.large)
        for database in (self.small, self.large):
            self.server.execute("VACUUM ANALYZE", database=database)


@contextmanager
def databases(folder: Path) -> Iterator[Databases]:
    server = Server().start()
    try:
        found = Databases(server, folder)
        found.build()
        yield found
    finally:
        server.stop()


@dataclass
class Web:
    """gunicorn with the public face and what it is compared with."""

    port: int
    process: subprocess.Popen

    def cpu(self) -> float:
        """Milliseconds of processor time its workers have taken so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        threads = [thread for child in children for thread in Path(f"/proc/{child}/task").glob("*/schedstat")]
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1_000_000


@contextmanager
def web(found: Databases, database: str, *, workers: int = 1) -> Iterator[Web]:
    port = free_port()
    env = found.environment("public", database, "public", DJANGO_SETTINGS_MODULE="tools.bench.settings")
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", "4", "outreach.wsgi"]
    log = found.folder / f"{database}.log"
    with ExitStack() as stack:
        output = stack.enter_context(log.open("ab"))
        process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
        stack.callback(_end, process)
        _wait(port, process, log)
        yield Web(port, process)


def _end(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait(port: int, process: subprocess.Popen, log: Path) -> None:
    from tools.bench.load import Connection, request_for

    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        try:
            status, _body = Connection(port).ask(request_for("/", "127.0.0.1", {"Connection": "close"}))
        except OSError:
            time.sleep(0.1)
        else:
            if status == 200:
                return
            break
    raise Failed(f"The public face does not start:\n{log.read_text(errors='replace')}")
