"""Whose name may be meant by another: in any order, by whatever else they are called, and as it sounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contacts.finding import door, orm, sql
from contacts.finding.asked import Asked, Group, Question, Term
from contacts.finding.sounds import sounds
from contacts.finding.words import ARTICLES, NAME, SOUND
from outreach.places.folding import fold

MOST = 300  # contacts whose names are held against what was typed
MOST_WORDS = 8


class Likeness(NamedTuple):
    """How surely two names are of the same one, and in words."""

    weight: int
    words: str | Promise


SAME = Likeness(4, _("same name"))
ALSO = Likeness(3, _("also called that"))
TURNED = Likeness(3, _("same name in another order"))
ALIKE = Likeness(2, _("a name that sounds alike"))


@dataclass(frozen=True)
class AnyOf(Asked):
    """A search for whoever is called like one of several names, word by word."""

    asks: Question

    @property
    def as_named(self) -> Question:
        return []

    @property
    def named(self) -> Question:
        return []

    @property
    def worded(self) -> Question:
        return self.asks


def called_like(contacts: QuerySet, names: Iterable[str]) -> list[UUID]:
    """The keys of those ``contacts`` that may be called by one of the folded ``names``, in one query."""
    asks = [[_group(word) for word in words] for name in sorted(names) if (words := _words(name))]
    if not asks:
        return []
    question, reader = AnyOf("", (), (), {}, asks), door.reader_of(contacts)
    found = sql.all_of(contacts, question, reader) if reader else orm.all_of(contacts, question)
    return list(found.order_by("name_key", "pk").values_list("pk", flat=True)[:MOST])


def _group(word: str) -> Group:
    return [Term(NAME + word), *(Term(SOUND + key) for key in sorted(sounds(word)))]


def names_of(contact: Any) -> list[str]:
    """The folded names of a contact, the main one first; its other names are prefetched."""
    return [contact.name_key, *(fold(other.name) for other in contact.other_names.all())]


def likeness(typed: Iterable[str], names: Sequence[str]) -> Likeness | None:
    """The surest way in which one of the folded names ``typed`` is one of ``names``; a name of marks is no name."""
    found = [
        how
        for said in typed
        for at, name in enumerate(names)
        if said and name and (how := _how(said, name, is_main=not at))
    ]
    return max(found, key=lambda how: how.weight, default=None)


def _how(said: str, name: str, *, is_main: bool) -> Likeness | None:
    if said == name:
        return SAME if is_main else ALSO
    one, other = _words(said), _words(name)
    if len(one) != len(other) or len(one) < 2:
        return None
    if sorted(one) == sorted(other):
        return TURNED
    return ALIKE if _sound_alike(one, other) else None


def _words(name: str) -> list[str]:
    words = name.split()
    return ([word for word in words if word not in ARTICLES] or words)[:MOST_WORDS]


def _sound_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether each word has one of its own among the other's that is the same, or sounds so."""
    left = list(other)
    for word in one:
        match = next((each for each in left if each == word), None)
        match = match or next((each for each in left if sounds(word) & sounds(each)), None)
        if match is None:
            return False
        left.remove(match)
    return True
