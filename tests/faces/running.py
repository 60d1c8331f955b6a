"""The three processes as an operator runs them: production settings, own database roles, real mail."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests import processes
from tests.journeys.mailbox import Mailboxes, PostOffice
from tests.journeys.reader import Reader, Wire
from tests.postgresql import free_port

DATABASE = "outreach_faces"
# None of these three waits for another.
PREPARATION = (["grants"], ["collectstatic", "--noinput", "--verbosity=0"], ["load_starting_content"])
UNFINISHED = """
SELECT (SELECT count(*) FROM django_tasks_database_dbtaskresult
        WHERE status = 'RUNNING' OR (status = 'READY' AND (run_after <= now() OR run_after >= '9999-01-01')))
     + (SELECT count(*) FROM mail_outboxmessage WHERE state IN ('queued', 'sending') AND next_attempt_at <= now())
"""


@dataclass(frozen=True)
class Faces:
    """The public and the internal process and the worker, one database between them."""

    roles: processes.Roles
    settings: dict[str, str]
    logs: Path
    post_office: PostOffice = field(default_factory=PostOffice)

    @property
    def mailboxes(self) -> Mailboxes:
        return self.post_office.mailboxes

    def reader(self, face: str) -> Reader:
        """Somebody at a browser of their own."""
        return Reader(self.wire(face))

    def wire(self, face: str) -> Wire:
        return Wire(self.settings[f"{face.upper()}_BASE_URL"])

    def behind_tls(self, wire: Wire) -> Wire:
        """The same person, as the proxy that ends TLS passes on what they ask."""
        wire.session.headers["X-Forwarded-Proto"] = "https"
        return wire

    def work(self, *, seconds: float = 30) -> None:
        """Return when the worker has done everything that is due."""
        deadline = time.monotonic() + seconds
        with psycopg.connect(self.roles.url("owner"), autocommit=True) as connection:
            while connection.execute(UNFINISHED).fetchone()[0]:
                assert time.monotonic() < deadline, "The worker does not finish."
                time.sleep(0.03)

    def connected(self) -> set[str]:
        """The database roles of the processes."""
        with psycopg.connect(self.roles.server.superuser_url) as connection:
            rows = connection.execute("SELECT usename FROM pg_stat_activity WHERE datname = %s", [DATABASE])
            return {role for (role,) in rows}

    def manage(self, *arguments: str) -> str:
        """What the operator does, as the owner of the database."""
        return processes.manage(*arguments, env=self.environment("worker", role="owner"))

    def environment(self, face: str, *, role: str = "") -> dict[str, str]:
        own = {"TOKEN_KEY": ""} if face == "public" else {}
        own |= {} if face == "worker" else {"EMAIL_URL": ""}
        return processes.environment(face, self.roles.url(role or face), **(self.settings | own))

    def said(self) -> Iterator[tuple[str, str]]:
        """What each process wrote on stdout and stderr."""
        for log in sorted(self.logs.glob("*.log")):
            yield log.stem, log.read_text(errors="replace")


@contextmanager
def running(migrated: processes.Roles, folder: Path) -> Iterator[Faces]:
    """All three on a copy of the database ``migrated``, with the starting content and nothing else."""
    ports = {face: free_port() for face in ("public", "internal")}
    faces = Faces(processes.Roles(migrated.server, DATABASE), {}, folder)
    faces.settings.update(
        {f"{face.upper()}_BASE_URL": f"http://127.0.0.1:{port}" for face, port in ports.items()},
        EMAIL_URL=f"smtp://127.0.0.1:{faces.post_office.port}",
        STATIC_ROOT=str(folder / "static"),
        BEHIND_PROXY="true",
        MEDIA_ROOT=str(folder / "media"),
    )
    with ExitStack() as stack:
        migrated.server.execute(f"CREATE DATABASE {DATABASE} TEMPLATE {migrated.database} OWNER outreach_owner")
        stack.callback(migrated.server.execute, f"DROP DATABASE {DATABASE} WITH (FORCE)")
        faces.post_office.open()
        stack.callback(faces.post_office.close)
        with ThreadPoolExecutor() as operator:
            list(operator.map(lambda command: faces.manage(*command), PREPARATION))
        for face, port in ports.items():
            served = processes.serving(faces.environment(face), folder / f"{face}.log", port=port)
            stack.enter_context(served)
        worker = [sys.executable, processes.ROOT / "manage.py", "worker", "--interval=0.05"]
        stack.enter_context(processes.running(*worker, env=faces.environment("worker"), log=folder / "worker.log"))
        yield faces
