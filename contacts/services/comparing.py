"""Two versions of a dialogue beside each other: which fields differ, and which words came and went."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from difflib import SequenceMatcher

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from contacts.models import Dialogue, Initiative, Organisation, Person, Topic
from contacts.services.revisions import Values
from events.models import Event
from outreach.accounts.models import User
from outreach.design.templatetags.design_tags import clock, longdate

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
TEXTS = frozenset({"summary", "note", "place"})
KEYS = {"officers": "user", "note_named": "user", "topics": "topic", "initiative": "initiative", "event": "event"}


class Change(models.TextChoices):
    SAME = "same"
    CAME = "came"
    WENT = "went"


@dataclass(frozen=True)
class Piece:
    text: str
    change: Change


@dataclass(frozen=True)
class Difference:
    label: str
    pieces: list[Piece]
    is_text: bool  # a text with words that came and went; otherwise each piece is a value


class Wording:
    """The words for the values of some versions, as ``user`` may read them; one query for each kind of thing."""

    def __init__(self, user: User, *sides: Values):
        self._names: dict[str, str] = {}
        self.contacts: list[Person | Organisation] = []  # whom the words name
        everybody = _in(sides, "participants")
        self._learn("person", Person.objects.visible_to(user), everybody)
        self._learn("organisation", Organisation.objects.visible_to(user), everybody)
        self._learn("user", User.objects.all(), _keyed("user", _in(sides, "officers", "note_named")))
        self._learn("topic", Topic.objects.all(), _keyed("topic", _in(sides, "topics")))
        self._learn("initiative", Initiative.objects.all(), _keyed("initiative", _in(sides, "initiative")))
        self._learn("event", Event.objects.seen_by(user).distinct(), _keyed("event", _in(sides, "event")))

    def _learn(self, what: str, rows: QuerySet, wanted: set[str]) -> None:
        keys = [key for name, _colon, key in (value.partition(":") for value in wanted) if name == what]
        found = list(rows.filter(pk__in=keys)) if keys else []
        self._names |= {f"{what}:{row.pk}": str(row) for row in found}
        self.contacts += [row for row in found if isinstance(row, Person | Organisation)]

    def of(self, field: str, values: Values) -> list[str]:
        """What ``field`` says, in words; nothing for what the reader may not see, or what is gone."""
        return [words for value in values.get(field, ()) if (words := self._word(field, value))]

    def _word(self, field: str, value: str) -> str:
        match field:
            case "participants":
                return self._names.get(value, "")
            case "officers" | "note_named" | "topics" | "initiative" | "event":
                return self._names.get(f"{KEYS[field]}:{value}", "")
            case "kind":
                return str(Dialogue.Kind(value).label)
            case "counts":
                return _("Yes") if value == "yes" else _("No")
            case "note_readers":
                return readers()[value]
            case "date":
                return longdate(date.fromisoformat(value))
            case "starts_at":
                return clock(time.fromisoformat(value))
        return value


def _in(sides: Iterable[Values], *fields: str) -> set[str]:
    return {value for side in sides for field in fields for value in side.get(field, ())}


def _keyed(what: str, keys: Iterable[str]) -> set[str]:
    return {f"{what}:{key}" for key in keys}


def readers() -> dict[str, str]:
    """Who reads a note, as somebody else than its writer says it."""
    return {
        Dialogue.NoteReaders.ME: _("Only the one who wrote it"),
        Dialogue.NoteReaders.TEAM: _("The team of the one who wrote it"),
        Dialogue.NoteReaders.NAMED: _("Named colleagues"),
        Dialogue.NoteReaders.OFFICERS: _("All officers who may see the contact"),
    }


def labels() -> dict[str, str]:
    """What each field is called, in the order they are read."""
    return {
        "participants": _("Who was there"),
        "kind": _("How"),
        "date": _("Date"),
        "starts_at": _("Time"),
        "minutes": _("Minutes"),
        "place": _("Place"),
        "officers": _("Colleagues who were there"),
        "counts": _("Does it count for the rhythm?"),
        "summary": _("Shareable summary"),
        "topics": _("Topics"),
        "initiative": _("Action-plan initiative"),
        "event": _("Event"),
        "note": _("Internal note"),
        "note_readers": _("Who may read the note?"),
        "note_named": _("Colleagues I name"),
    }


def compare(before: Values, after: Values, wording: Wording) -> list[Difference]:
    """The fields that differ between two versions, of those both say something about."""
    return list(_differences(before, after, wording))


def _differences(before: Values, after: Values, wording: Wording) -> Iterator[Difference]:
    for field, label in labels().items():
        if field not in before or field not in after:
            continue
        old, new = wording.of(field, before), wording.of(field, after)
        if old == new:
            continue
        if field in TEXTS:
            yield Difference(label, list(word_by_word("".join(old), "".join(new))), is_text=True)
        else:
            went = [Piece(word, Change.WENT) for word in old if word not in new]
            stayed = [Piece(word, Change.SAME) for word in old if word in new]
            came = [Piece(word, Change.CAME) for word in new if word not in old]
            yield Difference(label, [*stayed, *went, *came], is_text=False)


def word_by_word(old: str, new: str) -> Iterator[Piece]:
    """``new`` with the words that came, and those of ``old`` that went where they stood."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    for what, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("".join(before[start:end]), Change.SAME)
            continue
        if end > start:
            yield Piece("".join(before[start:end]), Change.WENT)
        if new_end > new_start:
            yield Piece("".join(after[new_start:new_end]), Change.CAME)
