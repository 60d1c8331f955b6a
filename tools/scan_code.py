"""``make scan-code``: what looks for holes in the code itself, offline. Each scan is one command; all are run.

semgrep reads our own rules (tools/scans/rules.yaml) after it has proved them on their samples; bandit reads Python,
detect-secrets looks for keys and passwords. ``known_secrets.json`` names, by hash, what only looks like one.
The bill of materials (tools/sbom.py) is written beside, and fails where its schema does not allow it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.prepare import ROOT, SCAN

ROOMS = ("contacts", "content", "events", "outreach")
RULES = ROOT / "tools" / "scans"
KNOWN = RULES / "known_secrets.json"
OFFLINE = ("--metrics=off", "--disable-version-check")


def scanner(name: str, *arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PATH": f"{SCAN / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = [str(SCAN / "bin" / name), *map(str, arguments)]
    return subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def proved() -> str:
    """Each rule finds its fault and passes what is right."""
    done = scanner("semgrep", "--test", *OFFLINE, ".", folder=RULES)
    return done.stdout if done.returncode or "All tests passed" not in done.stdout + done.stderr else ""


def broken_rules(folder: Path = ROOT) -> str:
    rooms = [room for room in (*ROOMS, "templates") if (folder / room).exists()]
    rules = ("--config", RULES / "rules.yaml", "--exclude=migrations", "--no-git-ignore")
    done = scanner("semgrep", "scan", "--quiet", "--error", *OFFLINE, *rules, *rooms, folder=folder)
    return done.stdout + done.stderr if done.returncode else ""


def holes(folder: Path = ROOT) -> str:
    """What bandit finds grave. The rest ruff asks too (S), with a reason beside each exception."""
    rooms = [room for room in ROOMS if (folder / room).exists()]
    done = scanner("bandit", "-q", "-r", "--severity-level=high", *rooms, folder=folder)
    return done.stdout + done.stderr if done.returncode else ""


def secrets(folder: Path = ROOT) -> str:
    rooms = [room for room in ROOMS if (folder / room).exists()]
    done = scanner("detect-secrets", "scan", "--all-files", "--no-verify", *rooms, folder=folder)
    if done.returncode:
        return done.stderr
    known = json.loads(KNOWN.read_text())
    found = json.loads(done.stdout)["results"]
    return "\n".join(
        f"{path}:{one['line_number']} {one['type']}"
        for path, ones in found.items()
        for one in ones
        if one["hashed_secret"] not in known.get(path, [])
    )


def bill_of_materials() -> str:
    done = scanner("python", "-m", "tools.sbom")
    return done.stdout + done.stderr if done.returncode else ""


SCANS: dict[str, Callable[[], str]] = {
    "rules proved": proved,
    "our own rules": broken_rules,
    "bandit": holes,
    "secrets": secrets,
    "bill of materials": bill_of_materials,
}


def main() -> int:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        told = list(pool.map(lambda scan: scan(), SCANS.values()))
    for name, fault in zip(SCANS, told, strict=True):
        print(f"{'FAILED' if fault else 'ok':7}{name}\n{fault}".rstrip(), flush=True)
    return int(any(told))


if __name__ == "__main__":
    sys.exit(main())
