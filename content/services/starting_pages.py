"""The texts of the starting pages, written where nobody has written since."""

import json
from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from content.models import SectionPage, Theme

from .starting_body import Body
from .starting_files import LANGUAGES, PageText, StartingTextError
from .starting_kinds import own_values
from .starting_memory import Memory
from .starting_tree import Places, key_of, stored_values

STREAMS = ("body", "sources", "guides", "pyramid")
HOME_FIELDS = ("title", "headline", "lead", "prevention_heading", "prevention_text")


def load_pages(
    texts: list[PageText],
    site: dict[str, Any],
    memory: Memory,
    *,
    languages: tuple[str, ...] = LANGUAGES,
    live: bool = True,
) -> None:
    """First every page gets its place, then its text: texts link to each other in both directions."""
    Places(memory, languages, live=live).ensure(texts)
    for language in languages:
        if "home" in site:
            _write(key_of("home", language), _home_values(site, language, memory), memory)
    for text in texts:
        _write(text.key, _reading_values(text, site, memory), memory)


def _write(key: str, values: dict[str, Any], memory: Memory) -> None:
    page_id = memory.page_id(key)
    page = Page.objects.get(pk=page_id).specific if page_id else None
    if not memory.should_write(key, file=values, stored=stored_values(page) if page else None) or page is None:
        return
    for name, value in values.items():
        setattr(page, name, _stored(name, value))
    page.draft_title = page.title
    page.save()
    page.refresh_from_db()
    memory.remember(key, file=values, stored=stored_values(page), page_id=page.pk)


def _stored(name: str, value: Any) -> Any:
    """A value as the page takes it."""
    if name == "themes":
        return Theme.objects.filter(key__in=value)
    return json.dumps(value) if name in STREAMS else value


def _page_of(memory: Memory, language: str) -> Callable[[str], int | None]:
    return lambda stem: memory.page_id(key_of(stem, language))


def _reading_values(text: PageText, site: dict[str, Any], memory: Memory) -> dict[str, Any]:
    """The fields of a page in the form of its model; the parts ``site.yaml`` adds stand before its own."""
    fields = text.fields
    pyramid = site.get("pyramid_on", {}).get(text.stem) or site.get("pyramid", {})
    model = site.get("danish_model", {}).get(text.language)
    body = Body(text.key, _page_of(memory, text.language), pyramid.get(text.language, []), model)
    added = [{kind: True} for kind in site.get("adds", {}).get(text.stem, [])]
    part = {"part": text.stem} if text.stem in SectionPage.Part and fields["kind"] == "section" else {}
    return part | {
        "title": fields["title"],
        "slug": fields["slug"],
        "search_description": fields["summary"],
        "lead": fields["lead"],
        **own_values(fields),
        "checked_on": fields.get("checked_on"),
        "body": body.stream(added + fields["body"]),
        "sources": body.sources(fields.get("sources") or []),
    }


def _home_values(site: dict[str, Any], language: str, memory: Memory) -> dict[str, Any]:
    page_of = _page_of(memory, language)
    try:
        texts, pyramid = site["home"][language], site["pyramid"][language]
        body = Body(key_of("home", language), page_of, pyramid)
        return {
            **{name: texts[name] for name in HOME_FIELDS},
            "search_description": texts["summary"],
            "prevention_page_id": page_of(site["prevention_page"]),
            "guides": [body.block("page", page) for stem in site["guides"] if (page := page_of(stem))],
            "pyramid": [body.block("pyramid", True)] if pyramid else [],
        }
    except (KeyError, TypeError) as error:
        raise StartingTextError(f"site.yaml: {error} is missing or wrong.") from error
