"""``make bench-crm``: what the workspace costs an ordinary officer among 100,000 people and 300,000 dialogues.

On SQLite and on a private PostgreSQL, there under the internal settings and database role: a register of that size,
and one of a tenth, filled from a seed; then rounds in which every screen is opened beside an empty page of the same
layout, on both in turn. Ends with an error where a target is missed. ``ARGS=--write`` puts the figures into
the README, ``ARGS=sqlite`` or ``ARGS=postgresql`` measures on one of the two, ``ARGS=--share=0.1`` a smaller register,
``ARGS=--rounds=25`` fewer rounds.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import IO, NamedTuple

from tests import postgresql
from tools import quality
from tools.bench.checks import Check, at_most, given, summary, tell
from tools.bench.crm.asking import EMPTY, Cost
from tools.bench.running import ROOT, Failed
from tools.faces import environment

ROUNDS, WARM = 100, 5
SETTINGS = "tools.bench.crm.settings"
TENTH = 0.1
ENGINES = ("sqlite", "postgresql")
MOST_QUERIES, MOST_SEARCH_SQL = 12, 15.0  # the latter in milliseconds, on PostgreSQL
P50, P95, GROWTH = 2.0, 2.5, 1.3
# A comparable Django CRM's milliseconds of processor time among as many contacts; a tenth is wanted.
ELSEWHERE = {"list of people": 596.0, "search, prefix": 498.0, "person": 264.0}


class Figures:
    """What the rounds brought for one screen."""

    def __init__(self, costs: list[Cost]):
        self.costs = costs

    def percentile(self, percent: int) -> float:
        return sorted(cost.ms for cost in self.costs)[len(self.costs) * percent // 100]

    @property
    def p50(self) -> float:
        return self.percentile(50)

    @property
    def p95(self) -> float:
        return self.percentile(95)

    @property
    def cpu(self) -> float:
        return median(cost.cpu for cost in self.costs)

    @property
    def queries(self) -> int:
        """The most any round needed."""
        return max(cost.queries for cost in self.costs)

    @property
    def sql(self) -> float:
        return median(cost.sql for cost in self.costs)


Results = dict[str, Figures]  # by screen


def run(*command: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise Failed(f"This failed: {' '.join(command)}")
    return done.stdout


class Register(NamedTuple):
    """A filled database: how to reach it as the face that reads it, and what to ask it for."""

    env: dict[str, str]
    facts: Path


def migrate(owner: dict[str, str]) -> None:
    run("manage.py", "migrate", "--verbosity=0", env=owner)


def fill(folder: Path, name: str, share: float, owner: dict[str, str], face: dict[str, str]) -> Register:
    facts = folder / f"{name}.json"
    facts.write_text(run("-m", "tools.bench.crm.fill", str(share), env=owner))
    return Register(face, facts)


@contextmanager
def on_sqlite(folder: Path, shares: list[float]) -> Iterator[list[Register]]:
    """A file for each share, copies of one that was migrated."""

    def env(name: str) -> dict[str, str]:
        return environment("internal", f"sqlite:///{folder}/{name}", DJANGO_SETTINGS_MODULE=SETTINGS)

    migrate(env("bare"))
    registers = []
    for share in shares:
        name = f"register-{share}"
        shutil.copy(folder / "bare", folder / name)
        registers.append(fill(folder, f"{name}.facts", share, env(name), env(name)))
    yield registers


@contextmanager
def on_postgresql(folder: Path, shares: list[float]) -> Iterator[list[Register]]:
    """A database for each share, with the roles and policies of production."""
    server, static = postgresql.Server().start(), str(folder / "static")

    def owner(name: str) -> dict[str, str]:
        return environment("worker", server.url(name, role="outreach_owner"), STATIC_ROOT=static)

    try:
        server.execute("CREATE ROLE outreach_owner LOGIN CREATEROLE", "CREATE DATABASE bare OWNER outreach_owner")
        migrate(owner("bare"))
        run("manage.py", "grants", env=owner("bare"))
        run("manage.py", "collectstatic", "--noinput", "-v0", env=owner("bare"))
        registers = []
        for number, share in enumerate(shares):
            name = f"register_{number}"
            server.execute(f"CREATE DATABASE {name} TEMPLATE bare OWNER outreach_owner")
            url = server.url(name, role="outreach_internal")
            env = environment("internal", url, DJANGO_SETTINGS_MODULE=SETTINGS, STATIC_ROOT=static)
            registers.append(fill(folder, f"{name}.facts", share, owner(name), env))
            server.execute("VACUUM ANALYZE", database=name)
        yield registers
    finally:
        server.stop()


@contextmanager
def asking(register: Register) -> Iterator[tuple[IO[str], IO[str]]]:
    """A process that opens the screens: what it is told, and what it answers."""
    command = [sys.executable, "-m", "tools.bench.crm.asking", str(register.facts)]
    with subprocess.Popen(
        command, env=register.env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            if not (process.stdin and process.stdout) or process.stdout.readline() != "ready\n":
                raise Failed("The process that asks does not start.")
            yield process.stdin, process.stdout
        finally:
            process.terminate()


def measure(registers: list[Register], rounds: int) -> list[Results]:
    """Rounds on each register in turn; the first few only warm up."""
    collected: list[dict[str, list[Cost]]] = [{} for _register in registers]
    with ExitStack() as stack:
        processes = [stack.enter_context(asking(register)) for register in registers]
        for number in range(WARM + rounds):
            for (told, answers), costs in zip(processes, collected, strict=True):
                told.write("round\n")
                told.flush()
                answer = answers.readline()
                if not answer:
                    raise Failed("The process that asks has ended.")
                for screen, cost in json.loads(answer).items():
                    if number >= WARM:
                        costs.setdefault(screen, []).append(Cost(*cost))
    return [{screen: Figures(costs) for screen, costs in one.items()} for one in collected]


def checks(engine: str, full: Results, tenth: Results) -> Iterator[Check]:
    empty = full[EMPTY]
    for screen, figures in full.items():
        if screen == EMPTY:
            continue
        yield at_most(f"{engine}: {screen}, p50 beside the empty page", figures.p50 / empty.p50, P50)
        yield at_most(f"{engine}: {screen}, p95 beside the empty page", figures.p95 / empty.p95, P95)
        yield at_most(f"{engine}: {screen}, queries", figures.queries, MOST_QUERIES, 0)
        yield at_most(f"{engine}: {screen}, beside a tenth of the register", figures.p50 / tenth[screen].p50, GROWTH)
        if engine == "postgresql" and screen.startswith("search"):
            yield at_most(f"{engine}: {screen}, ms of SQL", figures.sql, MOST_SEARCH_SQL, 1)
    for screen, theirs in ELSEWHERE.items():
        yield at_most(f"{engine}: {screen}, CPU beside a comparable CRM's", full[screen].cpu / theirs, 0.1)


def show(engine: str, full: Results, tenth: Results) -> None:
    """All figures: absolute ones are this machine's, now."""
    print(
        f"\n{engine:26}{'p50 ms':>8}{'p95 ms':>8}{'× empty':>14}{'CPU ms':>8}{'queries':>9}{'SQL ms':>8}{'× tenth':>9}"
    )
    empty = full[EMPTY]
    for screen, row in full.items():
        shares = f"{row.p50 / empty.p50:.2f} / {row.p95 / empty.p95:.2f}"
        growth = row.p50 / tenth[screen].p50
        print(
            f"{screen:26}{row.p50:8.1f}{row.p95:8.1f}{shares:>14}{row.cpu:8.1f}{row.queries:9}{row.sql:8.1f}{growth:9.2f}"
        )


def readme_rows(results: dict[str, tuple[Results, Results]], verdicts: list[Check]) -> list[tuple[str, str, str]]:
    """The ratios that hold on any machine, SQLite and PostgreSQL side by side."""
    by, rows = "`make bench-crm`", []
    for screen in next(iter(results.values()))[0]:
        if screen == EMPTY:
            continue
        cells = []
        for engine, (full, _tenth) in results.items():
            row, empty = full[screen], full[EMPTY]
            shares = f"{row.p50 / empty.p50:.2f} / {row.p95 / empty.p95:.2f}"
            cells.append(f"{engine} {shares}, {row.queries} queries, {row.cpu:.0f} ms CPU, {row.sql:.1f} ms SQL")
        rows.append((f"{screen}, beside an empty page (p50 / p95)", " · ".join(cells), by))
    return [*rows, ("targets missed", summary(verdicts), by)]


def bench(engines: list[str], share: float, rounds: int) -> int:
    began = time.monotonic()
    results: dict[str, tuple[Results, Results]] = {}
    for engine in engines:
        with tempfile.TemporaryDirectory() as name:
            registers = on_sqlite if engine == "sqlite" else on_postgresql
            print(f"Filling two registers on {engine} …", flush=True)
            with registers(Path(name), [share, share * TENTH]) as found:
                print("Measuring …", flush=True)
                full, tenth = measure(found, rounds)
                results[engine] = full, tenth
                show(engine, full, tenth)
    verdicts = [check for engine, (full, tenth) in results.items() for check in checks(engine, full, tenth)]
    tell(verdicts)
    print(f"{time.monotonic() - began:.0f} s")
    if "--write" in sys.argv:
        quality.write_rows("crm", readme_rows(results, verdicts))
    return 0 if all(check.met for check in verdicts) else 1


def main() -> int:
    share, rounds = given("share", 1.0), int(given("rounds", ROUNDS))
    engines = [engine for engine in ENGINES if engine in sys.argv] or list(ENGINES)
    if "postgresql" in engines and postgresql.binaries() is None:
        print("PostgreSQL is missing. On Debian: sudo apt-get install postgresql", file=sys.stderr)
        return 1
    try:
        return bench(engines, share, rounds)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
