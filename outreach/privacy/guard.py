"""Keeping Danish civil registration numbers (CPR) out: this is no case file (product.md, "The boundary")."""

import html
import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

# DDMMYY and four digits with at most one mark and a little space between, and no digit beside. With its pairs apart it
# is a number only before a mark: "02.12.26 1630" is a date and a time. 60 is added to the day of a replacement number.
# There is no modulus test: numbers given out since 2007 fail it. A CVR number has eight digits, an EAN thirteen.
DAY, MONTH, YEAR = r"(?:[06][1-9]|[1278]\d|[39][01])", r"(?:0[1-9]|1[0-2])", r"\d{2}"
MARK, SPACE = r"[-./_]", r"\s{0,3}"
TOGETHER = rf"{DAY}{MONTH}{YEAR}{SPACE}{MARK}?"
APART = rf"{DAY}[-./_\s]{MONTH}[-./_\s]{YEAR}{SPACE}{MARK}"
CPR = re.compile(rf"(?<!\d)(?:{TOGETHER}|{APART}){SPACE}\d{{4}}(?!\d)")

WRITTEN_AS = {"-": "\u2212\u2043\u02d7", ".": "\u00b7\u2022\u2027\u30fb", "/": "\u2044\u2215"}
BLANKS = "\u115f\u1160\u2800"  # letters and signs that are drawn as nothing (Hangul fillers, empty Braille)
MARKS = {ord(char): mark for mark, chars in WRITTEN_AS.items() for char in chars}  # beyond what Unicode calls a dash

LOOKS_LIKE_CPR = _(
    "This looks like a civil registration number (CPR). Please remove it: we do not keep such numbers here. "
    "If you are worried about someone, call 41 74 90 90. If there is danger now, call 112."
)


def contains_cpr(text: str) -> bool:
    """Whether ``text`` holds what looks like a CPR number, however its digits and dashes are written."""
    return CPR.search(plain(text)) is not None


def plain(text: str) -> str:
    """``text`` with entities resolved, digits as 0-9, every dash as "-", every space as " ", and nothing invisible."""
    text = unicodedata.normalize("NFKC", html.unescape(html.unescape(text)))
    return "".join(map(_plain, text)).translate(MARKS)


def _plain(char: str) -> str:
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


class GuardedFormMixin(forms.BaseForm):
    """Refuses a CPR number in every text field of a Form or ModelForm, and nothing but invisible characters where
    something must be written; stands before it among the bases."""

    def full_clean(self) -> None:
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            field = self.fields[name]
            if not (isinstance(field, forms.CharField) and isinstance(value, str)):
                continue
            if contains_cpr(value):
                self.add_error(name, forms.ValidationError(LOOKS_LIKE_CPR, code="cpr"))
            elif field.required and not plain(value).strip():
                self.add_error(name, forms.ValidationError(field.error_messages["required"], code="required"))
