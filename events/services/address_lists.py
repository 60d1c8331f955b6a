"""Addresses as people paste them: one a line or many, with names or without, from a mail, a list or a sheet."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 500  # in one go
ADDRESS = re.compile(r"[^\s<>()\[\],;:\"]+@[^\s<>()\[\],;:\"]+")
LONGEST_NAME = 120
AROUND = " \t,;:<>()[]\"'"


class Found(models.TextChoices):
    """What becomes of one address; some are states of an invitation."""

    NEW = "new", _("Put on the list.")
    AGAIN = "again", _("Was withdrawn, and is on the list again.")
    PREPARED = "prepared", _("Is on the list already.")
    SENT = "sent", _("Is invited already.")
    ACCEPTED = "accepted", _("Is invited already, and has accepted.")
    DECLINED = "declined", _("Is invited already, and has said no.")
    NAMED = "named", _("Is invited already, and has named somebody else.")
    REGISTERED = "registered", _("Is registered already.")
    REFUSES = "refuses", _("Does not want e-mail from us.")
    TWICE = "twice", _("Stands here twice.")
    WRONG = "wrong", _("This address is not valid.")
    NONE = "none", _("There is no address here.")


class Entry(NamedTuple):
    """One address with its name, or a piece of text that holds none."""

    name: str
    email: str
    found: Found | None = None  # None: not looked at yet
    language: str = ""  # "": the one chosen for all

    @property
    def is_new(self) -> bool:
        return self.found in (Found.NEW, Found.AGAIN)

    @property
    def written(self) -> str:
        """As somebody types it."""
        return f"{self.name} <{self.email}>" if self.name else self.email

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to write it anew."""
        return self.found in (Found.WRONG, Found.NONE)


def entries(text: str) -> list[Entry]:
    """Every address there is, and every piece of text in which none is found: nothing is lost."""
    return [entry for line in re.split(r"[\r\n;]+", text) for entry in of_line(line)]


def of_line(line: str) -> Iterator[Entry]:
    """What stands before an address is its name; what stands behind the only one is too."""
    found = list(ADDRESS.finditer(line))
    end = 0
    for match in found:
        before = name_in(line[end : match.start()])
        end = match.end()
        if "@" in before:
            yield Entry("", before, Found.WRONG)
            before = ""
        rest = name_in(line[end:])
        behind = rest if len(found) == 1 and not before and "@" not in rest else ""
        yield looked_at(before or behind, match[0].strip(".'"))
        end = len(line) if behind else end
    if rest := name_in(line[end:]):
        yield Entry("", rest, Found.WRONG if "@" in rest else Found.NONE)


def name_in(text: str) -> str:
    return " ".join(text.replace("mailto:", " ").split()).strip(AROUND)


def looked_at(name: str, address: str) -> Entry:
    try:
        validate_email(address)
    except ValidationError:
        return Entry(name, address, Found.WRONG)
    return Entry(name[:LONGEST_NAME], address, Found.WRONG if len(address) > 254 else None)
