"""``make test``: the whole suite on SQLite, then what needs PostgreSQL on a private server where one is installed.

``--database`` runs the whole suite on one of the two instead. Everything else goes to pytest.
"""

import os
import subprocess
import sys

from tools import prepare


def pytest(*arguments: str) -> int:
    return subprocess.run(
        [prepare.PYTHON, "-m", "pytest", "-q", *arguments],
        cwd=prepare.ROOT,
        stdin=subprocess.DEVNULL,
        env=environment(),
    ).returncode


def environment() -> dict[str, str]:
    """The suite has settings and a database of its own, whatever the shell says."""
    return {
        name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")
    }


def has_postgresql() -> bool:
    found = subprocess.run(
        [prepare.PYTHON, "-c", "from tests.postgresql import binaries; raise SystemExit(binaries() is None)"],
        cwd=prepare.ROOT,
    )
    return found.returncode == 0


def main() -> int:
    arguments = sys.argv[1:]
    try:
        prepare.prepare(prepare.TEST)
    except prepare.Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    if any(argument.startswith("--database") for argument in arguments):
        return pytest(*arguments)
    code = pytest("--database=sqlite", *arguments)
    if has_postgresql():
        print("\nWhat needs PostgreSQL:", flush=True)
        code = pytest("--database=postgresql", "-m", "postgresql", *arguments) or code
    return code


if __name__ == "__main__":
    sys.exit(main())
