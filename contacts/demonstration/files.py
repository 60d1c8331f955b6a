"""The plain files the demonstration is read from."""

from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml

FOLDER = Path(__file__).parent
REGIONS = ("eastern_jutland", "northern_jutland", "zealand_and_funen", "southern_denmark")
NAMESPACE = uuid5(NAMESPACE_URL, "urn:outreach:demonstration")


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def organisations() -> list[dict[str, Any]]:
    return [organisation for region in REGIONS for organisation in read(region)]


def key(*parts: object) -> UUID:
    """The same id for the same thing on every load, so that it is known again."""
    return uuid5(NAMESPACE, "/".join(map(str, parts)))
