"""``make test``: the whole suite on SQLite, then what needs PostgreSQL on a private server where one is installed.

``--database`` runs the whole suite on one of the two instead. Everything else goes to pytest.
"""

import contextlib
import os
import signal
import subprocess
import sys

from tests import postgresql
from tools import quality
from tools.prepare import ROOT

NOTHING_RAN = 5  # pytest's exit code


def pytest(*arguments: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment())
    signal.signal(signal.SIGTERM, lambda number, frame: process.terminate())
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C reaches pytest too, which ends what it has started
            return process.wait()


def environment() -> dict[str, str]:
    """The suite has settings and a database of its own, whatever the shell says."""
    return {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    }


def main() -> int:
    code = run(sys.argv[1:])
    quality.write_kept()
    return code


def run(arguments: list[str]) -> int:
    if any(argument.startswith("--database") for argument in arguments):
        return pytest(*arguments)
    codes = [pytest("--database=sqlite", *arguments)]
    if postgresql.binaries():
        print("\nWhat needs PostgreSQL:", flush=True)
        codes.append(pytest("--database=postgresql", "-m", "postgresql", *arguments))
    # One of the two may have nothing to do when somebody chose a few tests; not both.
    return max([code for code in codes if code != NOTHING_RAN], default=NOTHING_RAN)


if __name__ == "__main__":
    sys.exit(main())
