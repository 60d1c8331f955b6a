"""The README's quality figures that a command measures: each command writes its own table, between two markers."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
KEPT = ROOT / "var" / "quality"
HEAD = ["| what | figure | measured by |", "| --- | --- | --- |"]


def write_rows(section: str, rows: list[tuple[str, str, str]]) -> None:
    """Replace the table between ``<!-- section -->`` and ``<!-- /section -->``; each row says what, figure, by what.

    Raises ValueError where the README has no such place, or a cell would break the table.
    """
    if broken := [cell for row in rows for cell in row if "|" in cell or "\n" in cell]:
        raise ValueError(f"This does not fit into a table: {broken[0]!r}")
    opening, closing = f"<!-- {section} -->", f"<!-- /{section} -->"
    text = README.read_text()
    place = re.compile(rf"{re.escape(opening)}\n.*?{re.escape(closing)}\n", re.DOTALL)
    if len(place.findall(text)) != 1:
        raise ValueError(f"The README has no place between {opening} and {closing}, or more than one.")
    table = [*HEAD, *(f"| {' | '.join(row)} |" for row in rows)]
    new = "\n".join([opening, *table, closing, ""])
    README.write_text(place.sub(lambda match: new, text))


def keep(section: str, rows: list[tuple[str, str, str]]) -> None:
    """What a test has measured, until the command that ran it is done and writes it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{section}.json").write_text(json.dumps(rows))


def write_kept() -> None:
    for path in sorted(KEPT.glob("*.json")):
        write_rows(path.stem, [(what, figure, how) for what, figure, how in json.loads(path.read_text())])
        path.unlink()
