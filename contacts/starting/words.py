"""Reading the starting words, and putting them into tables that a migration or a test hands over."""

from pathlib import Path
from typing import Any

import yaml
from django.db.models import Model

FOLDER = Path(__file__).parent


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def plant_kinds(kinds: type[Model]) -> None:
    """The tree of kinds, in the order of the file; what has the same key already is left as it is."""
    for order, branch in enumerate(read("kinds"), start=1):
        parent = _kind(kinds, branch["key"], branch["name"], order, None)
        for place, (key, names) in enumerate(branch.get("kinds", {}).items(), start=1):
            _kind(kinds, key, names, place, parent)


def _kind(kinds: type[Model], key: str, names: list[str], order: int, parent: Model | None) -> Model:
    fields = {"name_da": names[0], "name_en": names[1], "order": order, "parent": parent}
    return kinds._default_manager.get_or_create(slug=key, defaults=fields)[0]


def plant_languages(languages: type[Model]) -> None:
    """Every language of the file that is not there."""
    rows = [
        languages(code=code, name_da=names[0], name_en=names[1], own_name=names[2], also="".join(names[3:]))
        for code, names in read("languages").items()
    ]
    languages._default_manager.bulk_create(rows, ignore_conflicts=True)
