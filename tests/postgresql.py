"""A private PostgreSQL server for one test run: nothing shared, nothing kept, gone when the run ends."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

# PostgreSQL refuses to run as root; Debian's package brings this account.
ACCOUNT = "postgres"
INITDB = ["--username", ACCOUNT, "--auth", "trust", "--no-sync", "--encoding", "UTF8", "--locale", "C.UTF-8"]
OPEN = "/tmp" if os.geteuid() == 0 else None  # noqa: S108 - root's own TMPDIR may be closed to that account
SETTINGS = {"listen_addresses": "127.0.0.1", "max_connections": "200"}
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}  # nothing outlives a power cut


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, the newest version first; None when no server is installed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: -int(path.parts[-3]))
    found = shutil.which("postgres")
    candidates = [path.parent for path in debian] + ([Path(found).resolve().parent] if found else [])
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A cluster in a temporary folder. ``trust`` sign-in: any role connects from this machine without a password.

    A ``lasting`` one keeps what was committed when it is killed, as in production; others are faster.
    """

    lasting: bool = False
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="outreach-postgresql-", dir=OPEN)))
    host: str = "127.0.0.1"
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    def url(self, database: str, *, role: str = ACCOUNT) -> str:
        return f"postgresql://{role}@{self.host}:{self.port}/{database}"

    @property
    def superuser_url(self) -> str:
        return self.url("postgres")

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the superuser, outside any transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def start(self) -> "Server":
        folder = binaries()
        if folder is None:
            raise RuntimeError("PostgreSQL is not installed.")
        if os.geteuid() == 0:
            shutil.chown(self.folder, ACCOUNT, ACCOUNT)
        subprocess.run(
            [folder / "initdb", "--pgdata", self.folder / "data", *INITDB],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **_account(),
        )
        return self.launch()

    def launch(self) -> "Server":
        """Start the server on the cluster that is there: the first time, and again after it was killed."""
        settings = SETTINGS if self.lasting else SETTINGS | HASTY
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        where = ["-D", self.folder / "data", "-p", str(self.port), "-k", self.folder]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [binaries() / "postgres", *where, *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,  # Ctrl-C is for the test run, which then stops the server
                **_account(),
            )
        self._wait()
        return self

    def _wait(self) -> None:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                psycopg.connect(self.superuser_url, connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self.folder / "log").read_text(errors="replace")
        self.stop()
        raise RuntimeError(f"PostgreSQL did not start:\n{log}")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:  # a client still holds a connection
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(timeout=10)
            self.process = None
        shutil.rmtree(self.folder, ignore_errors=True)


def _account() -> dict:
    """Whom the server runs as."""
    return {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []} if os.geteuid() == 0 else {}
