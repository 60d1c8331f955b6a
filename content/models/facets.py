"""Narrowing a list by what a reader ticked in a plain GET form: only words of the vocabularies count."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.functional import Promise


@dataclass(frozen=True)
class Entry:
    """One row of a list: the page or entry it leads to, what is said of it there, and its words by facet."""

    node: Any
    values: Mapping[str, Any] = field(default_factory=dict)
    words: Mapping[str, Collection[str]] = field(default_factory=dict)


class Facet(NamedTuple):
    """One question of the form, with every answer there is."""

    name: str
    label: str | Promise
    choices: Iterable[tuple[str, str | Promise]]


class Choice(NamedTuple):
    """One answer, and how many entries it would leave."""

    value: str
    label: str | Promise
    count: int
    chosen: bool


class Question(NamedTuple):
    """A facet as the form shows it."""

    name: str
    label: str | Promise
    choices: list[Choice]


class Narrowed(NamedTuple):
    """What is left, the form that was asked with, and the answers as a query string."""

    entries: list[Entry]
    questions: list[Question]
    chosen: dict[str, str]

    @property
    def query(self) -> str:
        return urlencode(self.chosen)


def narrow(entries: list[Entry], facets: Iterable[Facet], asked: Mapping[str, str]) -> Narrowed:
    """The entries that have every word asked for; an unknown word asks for nothing."""
    facets = [facet._replace(choices=list(facet.choices)) for facet in facets]
    chosen = {f.name: asked[f.name] for f in facets if asked.get(f.name) in {value for value, _label in f.choices}}
    questions = [_question(facet, entries, chosen) for facet in facets]
    return Narrowed(_matching(entries, chosen), questions, chosen)


def _question(facet: Facet, entries: list[Entry], chosen: dict[str, str]) -> Question:
    """With the answers that lead somewhere, counted among what the other answers leave."""
    others = _matching(entries, {name: value for name, value in chosen.items() if name != facet.name})
    choices = [
        Choice(
            value, label, sum(value in entry.words[facet.name] for entry in others), chosen.get(facet.name) == value
        )
        for value, label in facet.choices
    ]
    return Question(facet.name, facet.label, [choice for choice in choices if choice.count or choice.chosen])


def _matching(entries: list[Entry], chosen: dict[str, str]) -> list[Entry]:
    return [entry for entry in entries if all(value in entry.words[name] for name, value in chosen.items())]
