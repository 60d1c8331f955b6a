"""The starting content is plain files: one format, the house's tone."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from .starting_texts import (
    CHANNELS,
    LINK,
    PAGES,
    STEMS,
    THEMES,
    each_page,
    named_sources,
    shown,
    strings,
    texts_beside_the_pages,
)

LANGUAGES = ("da", "en")
AUDIENCES = {"relative", "teacher", "professional", "association", "involved", "everyone"}
FIELDS = {"title", "slug", "kind", "order", "summary", "lead", "checked_on", "sources", "body"}
READERS = {"audiences", "danger"}
OWN_FIELDS = {
    "section": READERS,
    "guidance": READERS,
    "standard": READERS,
    "practices": set(),
    "practice": {"country", "target_groups", "themes", "peer_reviewed", "year", "organisation", "organisation_kind"}
    | {"organisation_about"},
    "resources": set(),
    "resource": {"audiences", "themes", "level", "language", "licence"},
    "newslist": set(),
    "news": {"date"},
}
HOMES = {"practice": "practices", "resource": "resources", "news": "newslist"}  # what each of these stands in
IN_EACH_LANGUAGE = {"title", "slug", "summary", "lead", "sources", "body", "country", "language"}
IN_EACH_LANGUAGE |= {"organisation", "organisation_about", "content_note"}
DATES = {0: "2016", 1: None, 2: None, 3: "2014", 4: "2018-06-08"}  # of each seed, as far as it says so
HOSTS = ("https://politi.dk", "https://pet.dk/kontakt-pet")
OVERVIEWS = {"local-authorities", "national-authorities", "international-networks"}
BLOCKS = {
    "heading": str,
    "text": str,
    "callout": dict,
    "steps": list,
    "accordion": list,
    "contact": str,
    "quote": dict,
    "pyramid": bool,
    "related": list,
}
FORBIDDEN = re.compile(
    r"!|kampen mod|fight against|klik her|click here|læs mere|read more|muslimske unge|muslim youth"
    r"|radikaliserede?\b|radicali[sz]ed|\btodo\b|lorem",
    re.IGNORECASE,
)


def running_text(value: Any) -> Iterator[str]:
    """The texts of a nested value that are read as sentences: headings and keys are left out."""
    if isinstance(value, list):
        for inner in value:
            yield from running_text(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from running_text(inner)


def sentences(page: dict[str, Any]) -> list[str]:
    """Lead and body cut at full stops, questions, colons and list items; times and dates stay whole."""
    found = []
    for text in (page["lead"], *running_text(page["body"])):
        for paragraph in re.split(r"\n\n|\n(?=- |### )", LINK.sub("]", text)):
            found += re.split(r"(?<=[.?:])[”“)*]*\s+(?=[^a-zæøå\d])", " ".join(paragraph.split()))
    return [sentence for sentence in found if re.search(r"\w", sentence)]


def targets(page: dict[str, Any]) -> list[str]:
    """Every place the page links to, as written."""
    return [target for text in strings(page["body"]) for target in LINK.findall(text)]


# Their facts stand in the directory, whose entries such a page lists at its end.
LEADING_ON = [PAGES[stem, language] for stem in sorted(OVERVIEWS) for language in LANGUAGES]


# Format


def test_every_page_stands_in_both_languages():
    assert {stem: [language for language in LANGUAGES if (stem, language) in PAGES] for stem in STEMS} == {
        stem: list(LANGUAGES) for stem in STEMS
    }


@pytest.mark.parametrize("stem", STEMS)
def test_translations_have_the_same_place_and_the_same_blocks(stem):
    danish, english = PAGES[stem, "da"], PAGES[stem, "en"]

    for field in (danish.keys() | english.keys()) - IN_EACH_LANGUAGE:
        assert danish.get(field) == english.get(field), field
    assert [s["seed"] for s in danish["sources"]] == [s["seed"] for s in english["sources"]]
    assert [outline(block) for block in danish["body"]] == [outline(block) for block in english["body"]]


def outline(block: dict[str, Any]) -> tuple[str, object]:
    """A block's kind, with what must not differ between two languages."""
    ((kind, value),) = block.items()
    if kind in ("steps", "accordion"):
        return kind, [sorted(LINK.findall(item["text"])) for item in value]
    if kind == "callout":
        return kind, value["kind"]
    if kind == "text":
        return kind, sorted(LINK.findall(value))
    return kind, value if kind in ("contact", "related", "pyramid") else None


@each_page
def test_a_page_keeps_to_the_format(page):
    assert set(page) - {"parent", "content_note"} == FIELDS | OWN_FIELDS[page["kind"]]
    assert re.fullmatch(r"[a-z0-9-]+", page["slug"])
    assert len(page["summary"]) <= 120
    assert "audiences" not in page or page["audiences"]
    assert set(page.get("audiences", [])) <= AUDIENCES
    assert set(page.get("themes", [])) <= set(THEMES)
    assert {source["seed"]: source["date"] for source in page["sources"]}.items() <= DATES.items()
    assert page["body"]
    for block in page["body"]:
        ((kind, value),) = block.items()
        assert isinstance(value, BLOCKS[kind]), block
    for block in page["body"]:
        if "callout" in block:
            assert block["callout"]["kind"] in ("danger", "kind", "quiet")
        for text in running_text(block):
            assert not re.search(r"^ *\d+[.)] ", text, re.MULTILINE), "Markdown would make a list of it"


def test_every_page_stands_where_its_kind_belongs():
    """Sections under the front page, with the statement that Danish law wants at /was; all others below them."""
    kinds = {stem: PAGES[stem, "da"]["kind"] for stem in STEMS}
    above = {stem: kinds.get(PAGES[stem, "da"].get("parent")) for stem in STEMS}

    assert {stem for stem in STEMS if above[stem] is None} == {
        *(stem for stem in STEMS if kinds[stem] == "section"),
        "accessibility",
    }
    assert {PAGES["accessibility", language]["slug"] for language in LANGUAGES} == {"was"}
    for stem in STEMS:
        assert above[stem] in (None, HOMES.get(kinds[stem], "section")), stem


def test_siblings_have_a_slug_and_an_order_of_their_own():
    for field in ("slug", "order"):
        places = Counter((page.get("parent"), language, page[field]) for (_, language), page in PAGES.items())
        assert [place for place, times in places.items() if times > 1] == [], field


@each_page
def test_links_lead_to_pages_that_exist_or_to_a_channel(page):
    phones = {f"tel:{channel['tel']}" for channel in CHANNELS.values() if channel["tel"]}
    allowed = {f"page:{stem}" for stem in STEMS} | phones | set(HOSTS)

    assert [target for target in targets(page) if target not in allowed] == []
    assert [block["contact"] for block in page["body"] if block.get("contact", "hotline") not in CHANNELS] == []
    for block in page["body"]:
        assert set(block.get("related", [])) <= set(STEMS)


def test_guidance_is_there_for_everyone_the_front_page_names():
    guidance = [page for (_, language), page in PAGES.items() if language == "da" and page["kind"] == "guidance"]

    assert len(guidance) >= 12
    assert set().union(*(page["audiences"] for page in guidance)) == AUDIENCES


def test_channels_have_hours_only_where_a_source_states_them():
    assert list(CHANNELS) == ["emergency", "police", "hotline", "pet"]
    assert [key for key, channel in CHANNELS.items() if channel.get("always_open")] == ["emergency"]
    assert [key for key, channel in CHANNELS.items() if "hours" in channel] == ["hotline"]
    assert [key for key, channel in CHANNELS.items() if channel["source"] not in named_sources()] == []
    for channel in CHANNELS.values():
        for field in ("name", "question", "description", "what_happens"):
            assert set(channel[field]) == set(LANGUAGES)


# Tone


@each_page
def test_no_page_uses_a_word_the_house_avoids(page):
    assert FORBIDDEN.findall(shown(page)) == []


def test_no_other_text_uses_a_word_the_house_avoids():
    assert [name for name, text in texts_beside_the_pages().items() if FORBIDDEN.search(text)] == []


@each_page
def test_sentences_are_short(page):
    lengths = [len(sentence.split()) for sentence in sentences(page)]

    assert sum(lengths) / len(lengths) <= 14
    assert max(lengths) <= 25


@each_page
def test_a_guidance_page_is_long_enough_to_help_and_short_enough_to_read(page):
    words = sum(len(sentence.split()) for sentence in sentences(page))

    assert 40 <= words <= 750
    assert page["kind"] != "guidance" or words >= (120 if page in LEADING_ON else 250)
