"""What a Danish civil registration number (CPR) looks like, however it is written.

Measured on tests/privacy/shapes.txt: none missed, at most one harmless shape in a hundred taken for one.
"""

import html
import re
import unicodedata
from urllib.parse import unquote

from django.utils.translation import gettext_lazy as _

REFUSED = "cpr"  # the code of every error here

# DDMMYY and four digits with at most one mark between, and no digit beside. 60 is added to the day of a replacement
# number. There is no modulus test: numbers given out since 2007 fail it. CVR numbers have eight digits, EAN thirteen.
# Dashes may stand in a little space; a full stop before a space ends a sentence: "Faktura 120326. 2450 kr."
DAY, MONTH, YEAR, LAST = r"(?:[06][1-9]|[1278]\d|[39][01])", r"(?:0[1-9]|1[0-2])", r"\d{2}", r"\d{4}(?!\d)"
DASH = r"\s{0,3}-\s{0,3}"
TOGETHER = rf"(?<!\d){DAY}{MONTH}{YEAR}(?:{DASH}|[./_]|\s{{0,3}}){LAST}"
# With its pairs apart it is a number before a dash: "02.12.26 1630" is a date and a time, and so is "02.12.26-1630";
# "Tlf. 20 10 11 12 - 2100 København" is a phone and a postcode. After the letters "cpr" it is a number anyhow.
PAIRS = rf"{DAY}[-./_\s]{MONTH}[-./_\s]{YEAR}"
SPACED = rf"(?<!\d)(?<!\d\s){DAY}\s{MONTH}\s{YEAR}{DASH}{LAST}"
NO_CLOCK = r"(?!(?:[01]\d|2[0-3])[0-5]\d)"
DOTTED = rf"(?<!\d)(?<!\d[-./_]){DAY}(?P<mark>[-./_]){MONTH}(?P=mark){YEAR}{DASH}{NO_CLOCK}{LAST}"
LABELLED = rf"(?i:cpr)[^\d\n]{{0,12}}{PAIRS}\s{{0,3}}[-./_]?\s{{0,3}}{LAST}"
CPR = re.compile("|".join((TOGETHER, SPACED, DOTTED, LABELLED)))
# The number of a workplace has ten digits and begins with 10; only its name tells it from a civil registration number.
WORKPLACE = r"(?i:\bp-?(?:nr|nummer|number|no)\b)\W{0,3}10\d{8}(?!\d)"
UUID = r"(?i:\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b)"
OTHERWISE = re.compile(f"{WORKPLACE}|{UUID}")

WRITTEN_AS = {"-": "\u2212\u2043\u02d7", ".": "\u00b7\u2022\u2027\u30fb", "/": "\u2044\u2215"}
BLANKS = "\u115f\u1160\u2800"  # letters and signs that are drawn as nothing (Hangul fillers, empty Braille)
MARKS = {char: mark for mark, chars in WRITTEN_AS.items() for char in chars}  # beyond what Unicode calls a dash
ESCAPED = re.compile(r"&(?:amp;|#0*38;|#[xX]0*26;)+")  # an ampersand escaped over and over
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
DEEPEST = 5  # entities within entities

LOOKS_LIKE_CPR = _(
    "This looks like a civil registration number (CPR). Please remove it: we do not keep such numbers here. "
    "If you are worried about someone, call 41 74 90 90. If there is danger now, call 112."
)


def contains_cpr(text: str) -> bool:
    """Whether ``text`` holds what looks like a CPR number, however its digits and dashes are written: an address or
    the name of a file may have them as %30 and %2D."""
    text = plain(text)
    return _found(text) or (ENCODED.search(text) is not None and _found(plain(unquote(text))))


def _found(text: str) -> bool:
    return CPR.search(OTHERWISE.sub("x", text)) is not None


def plain(text: str) -> str:
    """``text`` with entities resolved, digits as 0-9, every dash as "-", every space as " ", and nothing invisible.

    Takes time in proportion to its length, whatever stands in it.
    """
    text = unicodedata.normalize("NFKC", _resolved(text))
    if text.isascii():
        return text
    return text.translate({ord(char): _plain(char) for char in set(text) if not char.isascii()})


def _resolved(text: str) -> str:
    for _level in range(DEEPEST):
        if "&" not in text:
            break
        before, text = text, html.unescape(ESCAPED.sub("&", text))
        if text == before:
            break
    return text


def _plain(char: str) -> str:
    if char in MARKS:
        return MARKS[char]
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if (
        category == "Cf" or category.startswith("M") or char in BLANKS
    ):  # zero-width and soft characters, marks set upon a digit
        return ""
    if category == "Pd":
        return "-"
    return " " if category == "Zs" else char
