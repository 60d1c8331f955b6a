"""``make bench-events``: what a registration, an event page, a calendar and the mails cost, beside a bare view.

On PostgreSQL, under the settings and roles of production, and on SQLite: two web workers, the task worker and a mail
server of the bench, all on 127.0.0.1, in a calendar of a thousand events. Ends with an error where a target is missed.
``ARGS=--write`` puts the figures into the README, ``ARGS=sqlite`` or ``ARGS=postgresql`` measures on one of the two,
``ARGS=--share=0.05`` a twentieth of everything, to try it: rates and ratios of a short run say little.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tests import postgresql
from tools import quality
from tools.bench.checks import Check, at_least, at_most, exactly, given, summary, tell
from tools.bench.events.measuring import (
    BARE,
    EVENT,
    FEED,
    FEED_304,
    FILE,
    REGISTRATION,
    Results,
    Row,
    Sizes,
    measure,
)
from tools.bench.events.running import stage
from tools.bench.measuring import AT_ONCE
from tools.bench.running import Failed

ENGINES = ("postgresql", "sqlite")
SEATS = 50
# A comparable system's milliseconds of processor time for an event page; a twentieth is wanted.
ELSEWHERE = 63.0
# Registrations a second at eight clients.
RATES = {"postgresql": 60, "sqlite": 40}
MOST_CPU, MOST_P95, MOST_FEED = 40, 250, 60  # milliseconds
MAILS, MINUTE = 120, 60.0  # a second from one worker; seconds for all of them


def checks(engine: str, results: Results, sizes: Sizes) -> Iterator[Check]:
    rows, rush, mail = results.rows, results.rush, results.mail
    many = rows[REGISTRATION, 8]
    errors = sum(rows[REGISTRATION, at_once].errors for at_once in AT_ONCE)
    yield at_least(f"{engine}: registrations a second, 8 at once", many.rate, RATES[engine], 0)
    yield exactly(f"{engine}: registrations, errors", errors, 0)
    if engine == "postgresql":
        yield at_most(f"{engine}: registration, p95 ms, 8 at once", many.percentile(95), MOST_P95, 0)
        yield at_most(f"{engine}: registration, CPU ms each, 8 at once", many.each.total, MOST_CPU, 1)
        yield at_most(f"{engine}: event page, CPU ms each", _worst(rows, EVENT), ELSEWHERE / 20)
        yield at_most(f"{engine}: feed of {sizes.events}, cold, p95 ms", rows[FEED, 1].percentile(95), MOST_FEED, 1)
        slower = max(1 / rows[FEED_304, at_once].share(rows[BARE, at_once]) for at_once in AT_ONCE)
        yield at_most(f"{engine}: feed, 304, beside {BARE}", slower, 2)
        yield at_least(f"{engine}: mails a second", mail.rate, MAILS, 0)
        yield at_most(f"{engine}: {sizes.people} invitations, seconds in all", mail.seconds, MINUTE, 0)
    yield exactly(f"{engine}: mails that came", mail.count, sizes.people)
    got = min(SEATS, sizes.attempts)
    yield exactly(f"{engine}: {rush.attempts} for {SEATS} seats, got one", rush.confirmed, got)
    yield exactly(f"{engine}: … wait", rush.waiting, rush.attempts - got)
    yield exactly(f"{engine}: … errors, and counters that differ", rush.errors + rush.differences, 0)


def _worst(rows: dict[tuple[str, int], Row], name: str) -> float:
    return max(rows[name, at_once].each.total for at_once in AT_ONCE)


def show(engine: str, results: Results) -> None:
    """All figures: absolute ones are this machine's, now."""
    head = "".join(f"{word:>9}" for word in ("/s", "p50 ms", "p95 ms", "web", "worker", "database", "of bare"))
    print(f"\n{engine:26}at once{head}   (CPU ms each)")
    for (name, at_once), row in results.rows.items():
        share = row.share(results.rows[_beside(name), at_once])
        times = f"{row.rate:9.1f}{row.percentile(50):9.1f}{row.percentile(95):9.1f}"
        print(f"{name:26}{at_once:7}{times}{''.join(f'{part:9.2f}' for part in row.each)}{share:9.3f}")
    waited = sorted(results.waited)
    if waited:
        print(f"seconds until the mail came, p50 {waited[len(waited) // 2]:.1f}, longest {waited[-1]:.1f}")
    print(f"visitors, CPU ms each {results.acting:.1f}\n{results.rush}\n{results.mail}")


def _beside(name: str) -> str:
    return f"{BARE}, beside" if name == REGISTRATION else name if name.startswith(BARE) else BARE


def readme_rows(results: dict[str, Results], verdicts: list[Check], sizes: Sizes) -> list[tuple[str, str, str]]:
    by = "`make bench-events`"

    def cells(figure: Callable[[Results], str]) -> str:
        return " · ".join(f"{engine} {figure(found)}" for engine, found in results.items())

    def row(name: str, at_once: int) -> Callable[[Results], str]:
        def figure(found: Results) -> str:
            row = found.rows[name, at_once]
            apart = " + ".join(f"{part:.1f}" for part in row.each)
            share = row.share(found.rows[_beside(name), at_once])
            return f"{row.rate:.0f}/s, {row.percentile(50):.0f} / {row.percentile(95):.0f} ms, {apart}, {share:.2f}"

        return figure

    told = "rate, p50 / p95, CPU ms of web + worker + database, beside a bare view"
    rows = [
        (f"{name}, {at_once} at once: {told}", cells(row(name, at_once)), by)
        for name in (REGISTRATION, EVENT, FILE, FEED, FEED_304)
        for at_once in AT_ONCE
    ]
    rush = cells(lambda found: f"{found.rush.confirmed} got one, {found.rush.waiting} wait")
    mail = cells(lambda found: f"{found.mail.seconds:.0f} s, {found.mail.rate:.0f} a second on the line")
    return [
        *rows,
        (f"{sizes.attempts:,} attempts at {SEATS} seats", rush, by),
        (
            f"{sizes.people:,} invitations, from the click to the last one sent, by one worker",
            mail,
            by,
        ),
        ("targets missed", summary(verdicts), by),
    ]


def bench(engines: list[str], sizes: Sizes) -> int:
    began, results = time.monotonic(), {}
    for engine in engines:
        with tempfile.TemporaryDirectory() as name:
            print(f"Filling a calendar on {engine} …", flush=True)
            with stage(Path(name), engine, events=max(sizes.events, 3), people=sizes.people) as found:
                print(f"  {time.monotonic() - began:.0f} s\nMeasuring …", flush=True)
                results[engine] = measure(found, sizes)
                show(engine, results[engine])
    verdicts = [check for engine, found in results.items() for check in checks(engine, found, sizes)]
    tell(verdicts)
    print(f"{time.monotonic() - began:.0f} s")
    if "--write" in sys.argv:
        quality.write_rows("events", readme_rows(results, verdicts, sizes))
    return 0 if all(check.met for check in verdicts) else 1


def main() -> int:
    engines = [engine for engine in ENGINES if engine in sys.argv] or list(ENGINES)
    if "postgresql" in engines and postgresql.binaries() is None:
        print("PostgreSQL is missing. On Debian: sudo apt-get install postgresql", file=sys.stderr)
        return 1
    try:
        return bench(engines, Sizes.share(given("share", 1.0)))
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
