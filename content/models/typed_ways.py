"""Telephone numbers and mail addresses that somebody typed into a text, where no colleague looks at them."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from .channels import ContactChannel

# A Danish number of eight digits, in pairs or not, or any number with its country; neither a day nor a span of years.
NUMBER = re.compile(r"(?<![\d+])(?:\+\d{1,3}\s?\d[\d\s]{5,14}\d|\d{2}(?:\s?\d{2}){3})(?!\d)")
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
WEBSITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def digits(text: str) -> str:
    """A number as it is dialled in Denmark: "+45 41 74 90 90" and "41749090" are one."""
    dialled = re.sub(r"\D", "", text)
    return dialled.removeprefix("45") if text.strip().startswith("+45") else dialled


def unknown_ways(texts: Iterable[str]) -> list[str]:
    """Each number and mail address in the texts that no contact channel has; no query where there is none."""
    found = [way for text in texts for pattern in (NUMBER, MAILBOX) for way in pattern.findall(text)]
    if not found:
        return []
    known: set[str] = set()
    for row in ContactChannel.objects.values_list("number", "number_abroad", "mailbox"):
        known |= {digits(row[0]), digits(row[1]), row[2].lower()}
    return [way for way in dict.fromkeys(found) if (way.lower() if "@" in way else digits(way)) not in known]


NOT_A_CHANNEL = _(
    "“%(way)s” is not in any contact channel. Add it there first, so that a colleague looks at it, or link to a page."
)


class KnownWaysOnly(models.Model):
    """Words in both languages that one colleague puts before readers alone: none is a new way to reach somebody."""

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        names = [field.name for field in self._meta.concrete_fields if field.name.endswith(("_da", "_en"))]
        if unknown := unknown_ways([getattr(self, name) or "" for name in names]):
            raise ValidationError(NOT_A_CHANNEL % {"way": unknown[0]})
