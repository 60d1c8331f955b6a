"""``make check``: everything that can be told without running the product. Each check is one command; all are run."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tools import faces
from tools.prepare import ROOT, VENV

BIN = VENV / "bin"
TYPED_ROOMS = (
    "events/door",
    "outreach/mail",
    "outreach/queue",
    "outreach/sealing",
    "*/services",
    "outreach/*/services",
    "tools",
)
TYPED_MODULES = ("*/tasks.py", "*/mail.py", "outreach/*/tasks.py")
TEMPLATES = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/**/*.html"))]
NOT_CONNECTED = "postgresql://nobody@127.0.0.1:1/nothing"  # these checks look at settings, not at rows


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=lambda: {**os.environ})


def tool(name: str, *arguments: str) -> list[str]:
    return [str(BIN / name), *arguments]


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def deploy_check(face: str) -> Check:
    """The settings as an operator has them: TLS on, nothing local, and no warning left."""
    env = faces.environment(face, NOT_CONNECTED, SECURE_SSL_REDIRECT="true", ALLOWED_HOSTS=f"{face}.example.dk")
    return Check(f"deploy check of {face}", manage("check", "--deploy", "--fail-level=WARNING"), env)


def typed() -> list[str]:
    """Where a mistake mails somebody or loses a seat, every function is typed."""
    rooms = [path for pattern in TYPED_ROOMS for path in ROOT.glob(pattern)]
    modules = [path for pattern in TYPED_MODULES for path in ROOT.glob(pattern) if path.parent not in rooms]
    return sorted(str(path) for path in (*rooms, *modules))


def checks() -> list[Check]:
    return [
        Check("types", tool("mypy", *typed())),
        Check("formatting", tool("ruff", "format", "--check", "--quiet", ".")),
        Check("lint and security", tool("ruff", "check", "--quiet", ".")),
        Check("import contracts", tool("lint-imports", "--no-cache")),
        Check("migrations complete", manage("makemigrations", "--check", "--dry-run")),
        Check("templates formatted", tool("djade", "--check", "--target-version=5.2", *TEMPLATES)),
        Check("templates indented", tool("djhtml", "--check", "--tabwidth=2", *TEMPLATES)),
        Check("templates compile", [sys.executable, "-m", "tools.templates"]),
        Check("nothing foreign in the tree", [sys.executable, "-m", "tools.tree"]),
        *[deploy_check(face) for face in faces.FACES],
    ]


def carry_out(check: Check) -> bool:
    """Run one check; print its name and time, and its output when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, env=check.env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    word = "FAILED" if done.returncode else "ok"
    lines = [f"{word:7}{check.name} ({time.monotonic() - began:.1f} s)"]
    if done.returncode:
        lines += [done.stdout.rstrip(), done.stderr.rstrip()]
    print("\n".join(line for line in lines if line), flush=True)
    return done.returncode == 0


def main() -> int:
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = list(pool.map(carry_out, checks()))
    print(f"{sum(results)} of {len(results)} checks passed.")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
