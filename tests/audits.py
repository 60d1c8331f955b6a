"""Checkers from npm that only the night needs: the Nu HTML checker and Lighthouse. Installed on first use."""

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools import chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tools" / "audits"
INSTALLED = FOLDER / "node_modules" / ".installed"
BIN = Path(sys.executable).parent  # node and npm come from PyPI


def install() -> None:
    """The locked packages, unless they are there; none may run a script of its own."""
    lock = (FOLDER / "package-lock.json").read_text()
    if INSTALLED.exists() and INSTALLED.read_text() == lock:
        return
    environment = {**os.environ, "PATH": os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])}
    subprocess.run(
        [BIN / "npm", "ci", "--ignore-scripts"], cwd=FOLDER, env=environment, check=True, capture_output=True
    )
    INSTALLED.write_text(lock)


class Fault(NamedTuple):
    """One place where a file is not HTML as the standard has it."""

    file: str
    line: int
    message: str
    extract: str


def faults(folder: Path) -> Iterator[Fault]:
    """What the checker finds in the HTML files of a folder, warnings left out."""
    install()
    jar = FOLDER / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    checker = ["java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", folder]
    said = subprocess.run(checker, capture_output=True, text=True, check=True).stdout
    for one in json.loads(said)["messages"]:
        if one["type"] != "info":
            yield Fault(Path(one["url"]).name, one.get("lastLine", 0), one["message"], one.get("extract", ""))


CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# Nothing but this machine: no update, no report of errors, and no name of another host means anything.
ALONE = (*chromium.FLAGS, "--headless=new", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")


class NotSeen(Exception):
    """The browser gave up, as it may on a busy machine."""


class Seen(NamedTuple):
    """Points of 100 in each category; ``lost`` names what cost some. ``shift``: how much the page moved by itself."""

    points: dict[str, int]
    lost: dict[str, list[str]]
    requests: list[str]
    kilobytes: int
    shift: float


def lighthouse(address: str, report: Path) -> Seen:
    """What Lighthouse sees of a page on this machine, on a phone with a slow line."""
    install()
    command: list[str | Path] = [BIN / "node", FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js", address]
    command += ["--quiet", "--no-enable-error-reporting", "--output=json", f"--output-path={report}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={shlex.join(ALONE)}"]
    environment = {**os.environ, "CHROME_PATH": chromium.executable() or "", "CI": "true", "NO_UPDATE_NOTIFIER": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotSeen(done.stderr[-2000:])
    said = json.loads(report.read_text())
    requests = said["audits"]["network-requests"]["details"]["items"]
    points = {name: round(100 * said["categories"][name]["score"]) for name in CATEGORIES}
    return Seen(
        points,
        lost={name: list(_lost(said, name)) for name in CATEGORIES if points[name] < 100},
        requests=[request["url"] for request in requests],
        kilobytes=round(sum(request["transferSize"] for request in requests) / 1000),
        shift=said["audits"]["cumulative-layout-shift"]["numericValue"],
    )


def _lost(said: dict, category: str) -> Iterator[str]:
    for reference in said["categories"][category]["auditRefs"]:
        audit = said["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            yield f"{audit['id']} {audit['score']} {audit.get('displayValue', '')}".strip()
