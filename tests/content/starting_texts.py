"""The starting content as its readers meet it, read from the plain files."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

REPO = Path(__file__).parents[2]
STARTING = REPO / "content" / "starting"
OTHER_SOURCES = {"common knowledge", "data/README.md", "design/product.md", "WCAG"}
RULES = {"events/retention.py", "outreach/mail/retention.py"}  # what the jobs do is what the page may promise

LINK = re.compile(r"\]\(([^)\s]+)\)")
ADDRESS = re.compile(r"https?://\S+?(?=[)\s]|$)|tel:\+?\d+|page:[a-z0-9-]+")


def strings(value: Any) -> Iterator[str]:
    """All text inside a nested value, keys left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def pages() -> dict[tuple[str, str], dict[str, Any]]:
    """Every page by (stem, language)."""
    found = {}
    for path in sorted((STARTING / "pages").glob("*.yaml")):
        stem, language, _ = path.name.split(".")
        found[stem, language] = load(path)
    return found


PAGES = pages()
STEMS = sorted({stem for stem, _ in PAGES})
CHANNELS: dict[str, dict[str, Any]] = load(STARTING / "channels.yaml")
THEMES: dict[str, dict[str, str]] = load(STARTING / "themes.yaml")
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=[f"{stem}.{language}" for stem, language in PAGES])


def shown(page: dict[str, Any]) -> str:
    """What a reader of the page meets as text, addresses left out."""
    parts = [page["title"], page["summary"], page["lead"], *strings(page["body"])]
    parts += [page.get(field) or "" for field in ("organisation", "organisation_about", "content_note")]
    parts += [source["title"] for source in page["sources"]]
    return ADDRESS.sub(" ", "\n".join(parts))


def texts_beside_the_pages() -> dict[str, str]:
    """What readers meet from the other files: contact channels, front page, whatever is added beside them.

    Not the synonyms: those are words that visitors write.
    """
    apart = ("numbers", "channels", "synonyms")
    files = sorted(path for path in STARTING.glob("*.yaml") if path.stem not in apart)
    texts = {path.name: ADDRESS.sub(" ", "\n".join(strings(load(path)))) for path in files}
    return texts | {f"channel {key}": shown_of_channel(channel) for key, channel in CHANNELS.items()}


def shown_of_channel(channel: dict[str, Any]) -> str:
    kept = {key: value for key, value in channel.items() if key not in ("kind", "order", "url", "source", "tel")}
    return ADDRESS.sub(" ", "\n".join(strings(kept)))


def named_sources() -> set[str]:
    return OTHER_SOURCES | RULES | {f"seeds/00{number}" for number in range(5)}
