"""The starting content is plain files: one format, no number without a source, the house's tone."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

REPO = Path(__file__).parents[2]
STARTING = REPO / "content" / "starting"
SHARED = REPO.parent / "shared"
LANGUAGES = ("da", "en")
AUDIENCES = {"relative", "teacher", "professional", "association", "involved", "everyone"}
OTHER_SOURCES = {"common knowledge", "data/README.md", "design/product.md", "design/security.md", "WCAG"}
FIELDS = {"title", "slug", "kind", "order", "summary", "lead", "audiences", "danger", "checked_on"}
FIELDS |= {"sources", "body"}
DATES = {0: "2016", 1: None, 2: None, 3: "2014", 4: "2018-06-08"}  # of each seed, as far as it says so
HOSTS = ("https://politi.dk", "https://pet.dk/kontakt-pet")
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

PHONE = re.compile(r"(?:\(?\+45\)? ?)?(?<!\d)(\d\d) ?(\d\d) ?(\d\d) ?(\d\d)(?!\d)")
NUMBER = re.compile(r"\d+(?:[.:]\d+)*")
LINK = re.compile(r"\]\(([^)\s]+)\)")
ADDRESS = re.compile(r"https?://\S+?(?=[)\s]|$)|tel:\+?\d+|page:[a-z0-9-]+")
FORBIDDEN = re.compile(
    r"!|kampen mod|fight against|klik her|click here|læs mere|read more|muslimske unge|muslim youth"
    r"|radikaliserede?\b|radicali[sz]ed|\btodo\b|lorem",
    re.IGNORECASE,
)


def numbers_in(text: str) -> set[str]:
    """Every number of a text: phones without spaces and country code, times with a point, 08 as 8."""
    text = " ".join(text.split())
    phones = {"".join(match.groups()) for match in PHONE.finditer(text)}
    rest = PHONE.sub(" ", text)
    found = {number.replace(":", ".") for number in NUMBER.findall(rest)}
    return phones | {number if "." in number else number.lstrip("0") or "0" for number in found}


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
NUMBERS: list[dict[str, str]] = load(STARTING / "numbers.yaml")
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=[f"{stem}.{language}" for stem, language in PAGES])


def shown(page: dict[str, Any]) -> str:
    """What a reader of the page meets as text, addresses left out."""
    parts = [page["title"], page["summary"], page["lead"], *strings(page["body"])]
    parts += [source["title"] for source in page["sources"]]
    return ADDRESS.sub(" ", "\n".join(parts))


def texts_beside_the_pages() -> dict[str, str]:
    """What readers meet from the other files: contact channels, front page, whatever is added beside them."""
    files = sorted(path for path in STARTING.glob("*.yaml") if path.stem not in ("numbers", "channels"))
    texts = {path.name: ADDRESS.sub(" ", "\n".join(strings(load(path)))) for path in files}
    return texts | {f"channel {key}": shown_of_channel(channel) for key, channel in CHANNELS.items()}


def shown_of_channel(channel: dict[str, Any]) -> str:
    kept = {key: value for key, value in channel.items() if key not in ("order", "url", "source", "tel")}
    return ADDRESS.sub(" ", "\n".join(strings(kept)))


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


def named_sources() -> set[str]:
    return OTHER_SOURCES | {f"seeds/00{number}" for number in range(5)}


def text_of_source(source: str) -> str | None:
    """The words of a source that lies beside the checkout; None for one that is not a file there."""
    folder, _, name = source.partition("/")
    found = sorted((SHARED / folder).glob(f"{name}*")) if name else []
    return found[0].read_text(encoding="utf-8") if found else None


# Numbers


def test_every_number_a_reader_meets_has_a_source():
    known = {row["number"] for row in NUMBERS}
    texts = {f"{stem}.{language}": shown(page) for (stem, language), page in PAGES.items()}
    texts |= texts_beside_the_pages()

    unknown = {name: numbers_in(text) - known for name, text in texts.items()}

    assert {name: found for name, found in unknown.items() if found} == {}


def test_every_listed_number_is_stated_by_its_source():
    """The sources lie beside the checkout; where they do not, the names of the sources are still held."""
    assert {row["source"] for row in NUMBERS} <= named_sources()

    missing = []
    for row in NUMBERS:
        text = text_of_source(row["source"])
        if text is not None and row["number"] not in numbers_in(text):
            missing.append(row)

    assert missing == []


def test_the_list_of_numbers_has_each_meaning_once_and_no_number_unused():
    used = set().union(*(numbers_in(shown(page)) for page in PAGES.values()))
    used |= set().union(*(numbers_in(text) for text in texts_beside_the_pages().values()))
    meanings = Counter((row["number"], row["means"]) for row in NUMBERS)

    assert [meaning for meaning, times in meanings.items() if times > 1] == []
    assert {number for number, _ in meanings} - used == set()
    assert [row for row in NUMBERS if not row["means"]] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("ring +45 41 74 90 90", {"41749090"}),
        ("ring 41 74 90 90 kl. 08.00–22.00", {"41749090", "08.00", "22.00"}),
        ("from 08:00 to 22:00", {"08.00", "22.00"}),
        ("2015–2017 and 08 June", {"2015", "2017", "8"}),
        ("no figure at all", set()),
    ],
)
def test_numbers_are_read_alike_in_both_languages(text, numbers):
    assert numbers_in(text) == numbers


# Format


def test_every_page_stands_in_both_languages():
    assert {stem: [language for language in LANGUAGES if (stem, language) in PAGES] for stem in STEMS} == {
        stem: list(LANGUAGES) for stem in STEMS
    }


@pytest.mark.parametrize("stem", STEMS)
def test_translations_have_the_same_place_and_the_same_blocks(stem):
    danish, english = PAGES[stem, "da"], PAGES[stem, "en"]

    for field in ("kind", "parent", "order", "audiences", "danger", "checked_on"):
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
    assert set(page) - {"parent"} == FIELDS
    assert page["kind"] in ("section", "guidance", "standard")
    assert re.fullmatch(r"[a-z0-9-]+", page["slug"])
    assert len(page["summary"]) <= 120
    assert page["audiences"]
    assert set(page["audiences"]) <= AUDIENCES
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


def test_sections_stand_under_the_front_page_and_all_others_under_a_section():
    sections = {stem for stem, _ in PAGES if PAGES[stem, "da"]["kind"] == "section"}

    assert sections == {stem for stem in STEMS if "parent" not in PAGES[stem, "da"]}
    assert {PAGES[stem, "da"]["parent"] for stem in STEMS if stem not in sections} <= sections


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
    assert [key for key, channel in CHANNELS.items() if channel.get("always")] == ["emergency"]
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
    assert page["kind"] != "guidance" or words >= 250
