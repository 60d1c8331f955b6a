"""Keeping Danish civil registration numbers (CPR) out: this is no case file (product.md, "The boundary")."""

import html
import re
import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

# DDMMYY and four digits with at most one space, dot or dash between, and no digit beside. There is no modulus test:
# numbers given out since 2007 fail it. A date has its pairs apart, a CVR number eight digits, an EAN thirteen.
CPR = re.compile(r"(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[ .-]?\d{4}(?!\d)")

MORE_DASHES = "\u2212\u2043\u02d7"  # the minus sign, the hyphen bullet, the modifier letter
MORE_DOTS = "\u00b7\u2022\u2027\u30fb"  # middle dot, bullet, hyphenation point, katakana middle dot

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
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(char)
    if category == "Cf" or category.startswith("M"):  # zero-width and soft characters, marks set upon a digit
        return ""
    if category == "Pd" or char in MORE_DASHES:
        return "-"
    if category == "Zs":
        return " "
    return "." if char in MORE_DOTS else char


class GuardedFormMixin(forms.BaseForm):
    """Refuses a CPR number in every text field of a Form or ModelForm; stands before it among the bases."""

    def full_clean(self) -> None:
        super().full_clean()
        for name, value in list(getattr(self, "cleaned_data", {}).items()):
            if isinstance(self.fields[name], forms.CharField) and isinstance(value, str) and contains_cpr(value):
                self.add_error(name, forms.ValidationError(LOOKS_LIKE_CPR, code="cpr"))
