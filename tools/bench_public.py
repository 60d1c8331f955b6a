"""``make bench-public``: what the public face costs, beside a bare view and a plain Wagtail page on the same server.

A private PostgreSQL with the starting content and a copy grown to ten thousand pages, gunicorn under the public
settings and database role for each, and a load generator in a process of its own, all on 127.0.0.1. Ends with an error
where a target is missed; ``make bench-public ARGS=--write`` puts the figures into the README.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests import postgresql
from tools import quality
from tools.bench.checks import Check, summary, tell
from tools.bench.measuring import AT_ONCE, PLAIN, Results, Target, measure
from tools.bench.running import LARGE, ROOT, Databases, Failed, databases, web
from tools.bench.storm import READERS, Outcome, storm

FRONT, GUIDANCE, ELSEWHERE = "/", "/bekymret/som-foraelder/", "/om/centret/"
BARE, STOCK, EVENT, SEARCH = "bare view, one query", "plain Wagtail page", "event page", "search"
FAMILIES = ("front page", "guidance page")
MOST_QUERIES = 12
ADDRESSES = """
import json
from content.models import GuidancePage
from events.models import Event
from django.utils import timezone
pages = [page.get_url().partition("127.0.0.1")[2] for page in GuidancePage.objects.live().select_related("locale")]
print(json.dumps([pages, Event.objects.listed(timezone.now()).first().slug]))
"""


def targets(pages: list[str], event: str) -> list[Target]:
    """In the order of a round: those that are to be made anew come before those that are kept."""
    guidance = tuple(page for page in pages if page != ELSEWHERE)
    return [
        Target("elsewhere", (ELSEWHERE,), 1),  # after a change the first reading loads the skeleton of the tree
        Target("guidance page, made", guidance, 8),
        Target("front page, made", (f"{FRONT}?made=anew",), 4),  # a query is never kept
        Target(STOCK, ("/bench/plain/section-1/page-3/",), 5, host=PLAIN),
        Target(BARE, ("/bench/bare/",), 40),
        Target("front page, kept", (FRONT,), 40, "kept"),
        Target("front page, 304", (FRONT,), 40, "known"),
        Target("guidance page, kept", (GUIDANCE,), 40, "kept"),
        Target("guidance page, 304", (GUIDANCE,), 40, "known"),
        Target(EVENT, (f"/arrangementer/{event}/",), 12),
        Target(SEARCH, ("/soeg/?q=bekymret",), 8),
    ]


def queries(found: Databases, asked: list[Target]) -> dict[str, int]:
    """How many each takes under the public role, in a process of its own."""
    env = found.environment("public", found.small, "public", DJANGO_SETTINGS_MODULE="tools.bench.settings")
    rows = [[target.host, target.paths[0], target.reading, ELSEWHERE] for target in asked]
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.queries"],
        cwd=ROOT, env=env, input=json.dumps(rows), capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Failed(done.stderr)
    return dict(zip((target.name for target in asked), json.loads(done.stdout), strict=True))


def checks(results: Results, counts: dict[str, int], small: str, large: str, outcome: Outcome) -> Iterator[Check]:
    """Each target; with one request and with eight at once, whichever fares worse."""

    def share(name: str, of: str) -> float:
        return min(results[name, small, at_once].share(results[of, small, at_once]) for at_once in AT_ONCE)

    def at_least(name: str, of: str, wanted: float) -> Check:
        got = share(name, of)
        return Check(f"{name} beside {of}", f"≥ {wanted}", f"{got:.2f}", got >= wanted)

    for family in FAMILIES:
        for kept in (f"{family}, 304", f"{family}, kept"):
            yield at_least(kept, BARE, 0.8)
            yield Check(f"{kept}: queries", "1", str(counts[kept]), counts[kept] == 1)
        made = f"{family}, made"
        yield Check(f"{made}: queries", f"≤ {MOST_QUERIES}", str(counts[made]), counts[made] <= MOST_QUERIES)
    yield at_least("guidance page, made", STOCK, 1.5)
    yield at_least(EVENT, BARE, 0.1)
    yield at_least(SEARCH, BARE, 0.03)
    for name in (*(f"{family}, {how}" for family in FAMILIES for how in ("kept", "made")), EVENT, SEARCH):
        got = max(1 / results[name, large, c].share(results[name, small, c]) for c in AT_ONCE)
        yield Check(f"{name}: 100 pages beside {LARGE:,}", "≤ 1.3", f"{got:.2f}", got <= 1.3)
    yield Check(f"{READERS} readers while an editor publishes: errors", "0", str(outcome.errors), outcome.errors == 0)
    yield Check("… an older edition a minute after a newer", "0", str(outcome.stale), outcome.stale == 0)


def show(results: Results, counts: dict[str, int], names: list[str], small: str, large: str) -> None:
    """All figures: absolute ones are this machine's, now."""
    print(
        f"\n{'':24}{'queries':>8}",
        *(f"{f'{c} at once: /s':>16}{'p50':>8}{'p95':>8}{'CPU ms':>8}{'of bare':>9}" for c in AT_ONCE),
    )
    for database, pages in ((small, "100"), (large, f"{LARGE:,}")):
        print(f"{pages} pages")
        for name in names:
            cells = []
            for at_once in AT_ONCE:
                row = results[name, database, at_once]
                share = row.share(results[BARE, database, at_once])
                cells.append(
                    f"{row.rate:16.0f}{row.percentile(50):8.1f}{row.percentile(95):8.1f}{row.cpu_each:8.2f}{share:9.3f}"
                )
            print(f"  {name:22}{counts[name]:>8}", *cells)


def write(results: Results, small: str, verdicts: list[Check], outcome: Outcome) -> None:
    """The README's rows: what this machine did, and the ratios that hold on any."""
    by = "`make bench-public`"

    def figure(name: str) -> str:
        one, many = (results[name, small, at_once] for at_once in AT_ONCE)
        shares = " / ".join(f"{row.share(results[BARE, small, c]):.2f}" for row, c in ((one, 1), (many, 8)))
        return f"{shares} · {one.rate:.0f} / {many.rate:.0f} a second, {one.percentile(50):.1f} ms"

    names = [f"{family}, {how}" for family in FAMILIES for how in ("304", "kept", "made")]
    rows = [(f"{name}, beside a bare view (1 / 8 at once)", figure(name), by) for name in [*names, EVENT, SEARCH]]
    rows += [(f"{STOCK} in the same layout, beside a bare view", figure(STOCK), by)]
    storm = f"{outcome.reads} readings, {outcome.errors} errors, {outcome.late} of an older edition"
    rows += [(f"{READERS} readers while an editor publishes", storm, by), ("targets missed", summary(verdicts), by)]
    quality.write_rows("speed", rows)


def bench() -> int:
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        for part in ("static", "media"):
            (folder / part).mkdir()
        print("Building two sites …", flush=True)
        found = stack.enter_context(databases(folder))
        pages, event = json.loads(found.run("manage.py", "shell", "-v0", "-c", ADDRESSES, database=found.small))
        asked = targets(pages, event)
        webs = {database: stack.enter_context(web(found, database)) for database in (found.small, found.large)}
        print(f"  {time.monotonic() - began:.0f} s\nMeasuring …", flush=True)
        counts = queries(found, asked)
        results = measure(found, webs, asked)
        with web(found, found.small, workers=2) as two:
            outcome = storm(found, found.small, two)
        names = [target.name for target in asked if target.name != "elsewhere"]
        show(results, counts, names, found.small, found.large)
        verdicts = list(checks(results, counts, found.small, found.large, outcome))
        print(f"\n{outcome}")
        tell(verdicts)
        print(f"{time.monotonic() - began:.0f} s")
        if "--write" in sys.argv:
            write(results, found.small, verdicts, outcome)
        return 0 if all(check.met for check in verdicts) else 1


def main() -> int:
    if postgresql.binaries() is None:
        print("PostgreSQL is missing. On Debian: sudo apt-get install postgresql", file=sys.stderr)
        return 1
    try:
        return bench()
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
