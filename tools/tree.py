"""Looks through every file under version control for what does not belong there: somebody else's work, a registry's
address, a path of one machine. Each finding is a line; none is the promise."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Our own pictures; everything else that is not text came from somewhere else.
OWN_BINARIES = {"docs/front.png"}
FOREIGN_ENDINGS = {".woff", ".woff2", ".ttf", ".otf", ".eot", ".map", ".jar", ".whl", ".so", ".dll", ".exe", ".zip"}
# Put together here so that this file does not name what it looks for.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("cdnjs", "cloudflare", "com"),
    )
]
REGISTRY_LINES = re.compile(
    r'^(--(extra-)?index-url|--find-links|-i |-f )|"resolved": *"http|^registry *=', re.MULTILINE
)
MACHINE_PATHS = re.compile(r"(?<![\w.])/(home|Users)/[a-z]\w*/")
FOREIGN_MARKS = re.compile(r"@license|@preserve|sourceMappingURL|copyright \(c\)|permission is hereby granted", re.I)
CODE = {".js", ".mjs", ".css", ".scss"}
LONGEST_LINE = 1000  # of a script or style sheet somebody wrote by hand
LARGEST = 600_000  # bytes


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def findings(path: Path) -> Iterator[str]:
    """What is wrong with one file."""
    data = path.read_bytes()
    if path.suffix.lower() in FOREIGN_ENDINGS:
        yield "a font, archive, map or program"
    if len(data) > LARGEST:
        yield f"{len(data) // 1000} kB: too large to have been written here"
    if b"\0" in data[:8000]:
        if str(path.relative_to(ROOT)) not in OWN_BINARIES:
            yield "not text"
        return
    yield from findings_in_text(path, data.decode(errors="replace"))


def findings_in_text(path: Path, text: str) -> Iterator[str]:
    for host in HOSTS:
        if host in text:
            yield f"names the registry or delivery network {host}"
    if REGISTRY_LINES.search(text):
        yield "says where packages come from"
    for here in (f"{ROOT}/", f"{Path.home()}/"):
        if here in text and here != "/":
            yield f"a path of this machine: {here}"
    if found := MACHINE_PATHS.search(text):
        yield f"a path of one machine: {found[0]}"
    if path.suffix in {*CODE, ".svg", ".html"} and (found := FOREIGN_MARKS.search(text)):
        yield f"somebody else's licence: {found[0]}"
    if path.suffix in CODE and max(map(len, text.splitlines()), default=0) > LONGEST_LINE:
        yield "minified"


def main() -> int:
    lines = [f"{path.relative_to(ROOT)}: {finding}" for path in tracked() for finding in findings(path)]
    print("\n".join(lines))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
