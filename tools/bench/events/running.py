"""The databases and processes of a run: two web workers, the task worker, a mail server; all private, gone at its end.

Everything is as in production: roles and policies on PostgreSQL, and what was committed outlives a power cut.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tests.postgresql import Server, free_port
from tests.processes import running, wait_for
from tools.bench.events.post import Taken, taken
from tools.bench.running import ROOT, Failed
from tools.faces import environment

WORKING, SERVING = "tools.bench.events.working", "tools.bench.events.settings"
TICKS = 10  # milliseconds in a tick of /proc
COMMANDS = ("migrate --verbosity=0", "grants", "collectstatic --noinput -v0", "load_starting_content")


class Cpu(NamedTuple):
    """Milliseconds of processor time, by who took them; on SQLite the database is part of the others."""

    web: float = 0.0
    worker: float = 0.0
    database: float = 0.0

    def since(self, before: "Cpu") -> "Cpu":
        return Cpu(*(now - then for now, then in zip(self, before, strict=True)))

    @property
    def total(self) -> float:
        return sum(self)


@dataclass
class Stage:
    """One engine with a filled database to copy from."""

    folder: Path
    server: Server | None  # None: SQLite
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    template: str = "template"

    def environment(self, database: str, role: str, *, settings: str = WORKING, **more: str) -> dict[str, str]:
        url = (
            self.server.url(database, role=f"outreach_{role}")
            if self.server
            else f"sqlite:///{self.folder}/{database}"
        )
        face = "public" if settings == SERVING else "worker"
        more |= {"STATIC_ROOT": str(self.folder / "static"), "MEDIA_ROOT": str(self.folder / "media")}
        return environment(face, url, DJANGO_SETTINGS_MODULE=settings, **more)

    def run(self, *command: str) -> str:
        """One command to its end, as the owner of the template."""
        env = self.environment(self.template, "owner")
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise Failed(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def build(self, events: int, people: int) -> None:
        if self.server:
            self.server.execute(
                "CREATE ROLE outreach_owner LOGIN CREATEROLE", f"CREATE DATABASE {self.template} OWNER outreach_owner"
            )
        for command in COMMANDS:
            if self.server or command != "grants":
                self.run("manage.py", *command.split())
        self.facts = json.loads(self.run("-m", "tools.bench.events.fill", str(events), str(people)))

    def copy(self, name: str) -> None:
        if self.server:
            self.server.execute(f"CREATE DATABASE {name} TEMPLATE {self.template} OWNER outreach_owner")
            self.server.execute("VACUUM ANALYZE", database=name)
        else:
            shutil.copy(self.folder / self.template, self.folder / name)


@contextmanager
def stage(folder: Path, engine: str, *, events: int, people: int) -> Iterator[Stage]:
    for part in ("static", "media"):
        (folder / part).mkdir()
    server = Server(lasting=True).start() if engine == "postgresql" else None
    try:
        made = Stage(folder, server)
        made.build(events, people)
        yield made
    finally:
        if server:
            server.stop()


class Cast:
    """The process that acts everybody outside (acting.py)."""

    def __init__(self, process: subprocess.Popen):
        self.process = process

    def do(self, what: str, **job: Any) -> Any:
        if self.process.stdin is None or self.process.stdout is None:
            raise Failed("The process that acts has no pipes.")
        self.process.stdin.write(json.dumps({"what": what, **job}) + "\n")
        self.process.stdin.flush()
        if not (answer := self.process.stdout.readline()):
            raise Failed(f"The process that was to {what} has ended.")
        return json.loads(answer)


@dataclass
class Site:
    """A copy of the stage's database with the processes on it."""

    stage: Stage
    port: int
    web: subprocess.Popen
    cast: Cast
    taken: Path  # what the mail server took (post.py)
    working: dict[str, str]  # the surroundings of the worker
    start: Callable[..., subprocess.Popen]
    worker: subprocess.Popen | None = None

    def hire(self) -> None:
        """Start the task worker; another one once it was killed."""
        self.worker = self.start(sys.executable, "manage.py", "worker", env=self.working)

    @property
    def facts(self) -> dict[str, dict[str, str]]:
        return self.stage.facts

    def cpu(self) -> Cpu:
        server = self.stage.server
        return Cpu(
            _cpu_of(self.web.pid),
            _cpu_of(self.worker.pid) if self.worker else 0.0,
            _cpu_of(server.process.pid) if server and server.process else 0.0,
        )

    def mails(self) -> list[Taken]:
        """All that the mail server took."""
        return [mail for mail, _place in taken(self.taken)]

    def register(self, event: dict[str, str], **job: Any) -> Any:
        """Have visitors register (acting.py)."""
        return self.cast.do("register", port=self.port, slug=event["slug"], taken=str(self.taken), **job)


@contextmanager
def site(staged: Stage, name: str, *, works: bool) -> Iterator[Site]:
    """``works``: with the task worker."""
    staged.copy(name)
    mail, port, log = free_port(), free_port(), staged.folder / f"{name}.log"
    came = staged.folder / f"{name}.mails"
    came.touch()
    serving = staged.environment(name, "public", settings=SERVING, BEHIND_PROXY="true")
    working = staged.environment(name, "worker", EMAIL_URL=f"smtp://127.0.0.1:{mail}")
    gunicorn = [sys.executable, "-m", "gunicorn", "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    gunicorn += ["--workers", "2", "--threads", "4", "outreach.wsgi"]
    with ExitStack() as stack:

        def start(*command: str, env: dict[str, str]) -> subprocess.Popen:
            return stack.enter_context(running(*command, env=env, log=log))

        sink = start(sys.executable, "-m", "tools.bench.events.sink", str(mail), str(came), env=working)
        web = start(*gunicorn, env=serving)
        wait_for(mail, sink, log)
        wait_for(port, web, log)
        cast = stack.enter_context(acting(working))
        made = Site(staged, port, web, cast, came, working, start)
        if works:
            made.hire()
        yield made


@contextmanager
def acting(env: dict[str, str]) -> Iterator[Cast]:
    command = [sys.executable, "-m", "tools.bench.events.acting"]
    with subprocess.Popen(
        command, env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            if not process.stdout or process.stdout.readline() != "ready\n":
                raise Failed("The process that acts does not start.")
            yield Cast(process)
        finally:
            process.terminate()


def _cpu_of(pid: int) -> float:
    """Milliseconds that a process and all it has started took: those that live, and those that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = children_of(pid)
    except OSError:  # it has ended, and counts with the one that started it
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) * TICKS + sum(map(_cpu_of, children))


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
