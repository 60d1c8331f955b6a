"""No number in the starting content without a source."""

import re
from collections import Counter

import pytest

from .starting_texts import PAGES, REPO, RULES, STARTING, load, named_sources, shown, texts_beside_the_pages

SHARED = REPO.parent / "shared"
PHONE = re.compile(r"(?:\(?\+45\)? ?)?(?<!\d)(\d\d) ?(\d\d) ?(\d\d) ?(\d\d)(?!\d)")
NUMBER = re.compile(r"\d+(?:[.:]\d+)*")
NUMBERS: list[dict[str, str]] = load(STARTING / "numbers.yaml")


def numbers_in(text: str) -> set[str]:
    """Every number of a text: phones without spaces and country code, times with a point, 08 as 8."""
    text = " ".join(text.split())
    phones = {"".join(match.groups()) for match in PHONE.finditer(text)}
    rest = PHONE.sub(" ", text)
    found = {number.replace(":", ".") for number in NUMBER.findall(rest)}
    return phones | {number if "." in number else number.lstrip("0") or "0" for number in found}


def text_of_source(source: str) -> str | None:
    """The words of a source in the checkout or beside it; None for one that is not a file there."""
    if source in RULES:
        return (REPO / source).read_text(encoding="utf-8")
    folder, _, name = source.partition("/")
    found = sorted((SHARED / folder).glob(f"{name}*")) if name else []
    return found[0].read_text(encoding="utf-8") if found else None


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
