"""Many short rounds, every target on both sites in turn: what else this machine does meets all alike.

A ratio is the median of the rounds' ratios: a round in which somebody else took the processor counts as one of many.
"""

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from tools.bench.running import ROOT, Databases, Failed, Web

ROUNDS = 16
AT_ONCE = (1, 8)
OURS, PLAIN = "127.0.0.1", "localhost"


@dataclass(frozen=True)
class Target:
    """What is asked for in a round, and how often. ``reading``: "made" anew, "kept", or "known" to the browser."""

    name: str
    paths: tuple[str, ...]  # each round goes on where the last one stopped
    count: int
    reading: str = "made"
    host: str = OURS


@dataclass
class Figures:
    """What the rounds brought for one target, on one site, with so many requests at once."""

    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    cpu: float = 0.0

    @property
    def cpu_each(self) -> float:
        """Milliseconds of processor time for a request."""
        return self.cpu / len(self.times)

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return median(self.rates)

    def share(self, of: "Figures") -> float:
        """The median of how this one fared beside the other in the same round."""
        return median(ours / theirs for ours, theirs in zip(self.rates, of.rates, strict=True))

    def percentile(self, percent: int) -> float:
        """Milliseconds."""
        return sorted(self.times)[min(len(self.times) * percent // 100, len(self.times) - 1)]


Results = dict[tuple[str, str, int], Figures]  # by target, database and requests at once


class Generator:
    """The load generator, in a process of its own."""

    def __init__(self, process: subprocess.Popen):
        self.process = process

    def ask(self, web: Web, target: Target, *, at_once: int, count: int, headers: dict[str, str]) -> dict[str, Any]:
        job = {"port": web.port, "host": target.host, "paths": target.paths, "count": count, "at_once": at_once}
        job["headers"] = {"Accept-Encoding": "gzip", **headers}
        if self.process.stdin is None or self.process.stdout is None:
            raise Failed("The load generator has no pipes.")
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@contextmanager
def generator() -> Iterator[Generator]:
    command = [sys.executable, "-m", "tools.bench.load"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Generator(process)
        finally:
            process.terminate()


def measure(found: Databases, webs: dict[str, Web], targets: list[Target]) -> Results:
    results: Results = {}
    with generator() as load:
        for at_once in AT_ONCE:
            for number in range(ROUNDS):
                for database, web in webs.items():
                    _change(found, database)
                    for target in targets:
                        figures = results.setdefault((target.name, database, at_once), Figures())
                        _ask(load, web, _turn(target, number), at_once, figures)
    return results


def _change(found: Databases, database: str) -> None:
    """As an editor's commit: from now on every page is made anew."""
    change = "UPDATE content_contentversion SET token = md5(random()::text)"
    found.server.execute(change, database=database)


def _turn(target: Target, number: int) -> Target:
    """The target with its paths in the order of this round."""
    first = number * target.count % len(target.paths)
    return replace(target, paths=target.paths[first:] + target.paths[:first])


def _ask(load: Generator, web: Web, target: Target, at_once: int, figures: Figures) -> None:
    headers = {}
    if target.reading != "made":
        etag = read(web, target)
        headers = {"If-None-Match": etag} if target.reading == "known" else {}
    before = web.cpu()
    answer = load.ask(web, target, at_once=at_once, count=target.count, headers=headers)
    wanted = {"304": target.count} if target.reading == "known" else {"200": target.count}
    if answer["statuses"] != wanted:
        raise Failed(f"{target.name}: {answer['statuses']} instead of {wanted}")
    figures.cpu += web.cpu() - before
    figures.rates.append(target.count / answer["seconds"])
    figures.times += answer["times"]


def read(web: Web, target: Target) -> str:
    """Read the page once; what it is known by afterwards."""
    connection = http.client.HTTPConnection("127.0.0.1", web.port, timeout=30)
    connection.request("GET", target.paths[0], headers={"Host": target.host, "Accept-Encoding": "gzip"})
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.headers.get("ETag", "")
