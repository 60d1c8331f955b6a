"""The files of the demonstration, and the ids of what is made from them."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

FOLDER = Path(__file__).parent
NAMESPACE = UUID("6f1f9a52-8d0e-4c8b-9a53-3f2b6f8e3c11")


def read(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def key(row: dict[str, Any]) -> UUID:
    """The same id on every load, so that an event or an invitation is known again."""
    return uuid5(NAMESPACE, row["key"])
