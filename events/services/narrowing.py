"""What a visitor narrows the list of events to, and the calendar that follows it: one rule answers both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.models import Event, ForWhom
from outreach.places.models import Municipality, Place, PoliceDistrict, Region

LEVELS: dict[str, type[Place]] = {"municipality": Municipality, "district": PoliceDistrict, "region": Region}
PLACE = re.compile(r"(municipality|district|region)\.([-\w]{1,80})", re.ASCII)
# Everyone is no answer to "for whom": it is what every answer finds as well.
AUDIENCES = [(value, label) for value, label in ForWhom.choices if value != ForWhom.EVERYONE]
LANGUAGES = Event._meta.get_field("language").choices or []


@dataclass(frozen=True)
class Narrowing:
    """Each a word of its vocabulary, or "" where all are meant."""

    kind: str = ""
    place: str = ""  # level and slug: "region.region-midtjylland"
    audience: str = ""
    language: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Self:
        """The words that are known; any other asks for nothing, and so does any other question."""
        return cls(
            kind=_known(given.get("kind", ""), Event.Kind.values),
            place=given["place"] if place_of(given.get("place", "")) else "",
            audience=_known(given.get("audience", ""), dict(AUDIENCES)),
            language=_known(given.get("language", ""), dict(LANGUAGES)),
        )

    def says_all_of(self, given: Mapping[str, str]) -> bool:
        """Whether every word given to one of the questions was known."""
        return all(getattr(self, question.name) == given.get(question.name, "") for question in fields(self))

    @property
    def query(self) -> str:
        """As an address carries it; always in the same order."""
        answers = {question.name: getattr(self, question.name) for question in fields(self)}
        return urlencode({name: word for name, word in answers.items() if word})

    @property
    def words(self) -> list[str]:
        """What was chosen, as people read it."""
        place = place_of(self.place)
        return [
            str(word)
            for word in (
                dict(Event.Kind.choices).get(self.kind),
                place and place.name,
                dict(AUDIENCES).get(self.audience),
                dict(LANGUAGES).get(self.language),
            )
            if word
        ]


class Option(NamedTuple):
    value: str
    label: str | Promise
    chosen: bool


class Group(NamedTuple):
    """Answers under one word; "" for those that stand alone."""

    label: str | Promise
    options: list[Option]


class Question(NamedTuple):
    name: str
    label: str | Promise
    groups: list[Group]


def questions(asked: Narrowing, *, day: date) -> list[Question]:
    """The form, with every answer there is on ``day``: one may follow a place before anything happens there."""

    def options(name: str, choices: list) -> list[Option]:
        return [Option(value, label, getattr(asked, name) == value) for value, label in choices]

    def places(level: str) -> list[Option]:
        found = LEVELS[level].objects.on(day).values_list("slug", "name")
        return options("place", [(f"{level}.{slug}", name) for slug, name in found])

    return [
        Question("kind", _("What"), [Group("", options("kind", Event.Kind.choices))]),
        Question(
            "place",
            _("Where"),
            [
                Group(_("Regions"), places("region")),
                Group(_("Police districts"), places("district")),
                Group(_("Municipalities"), places("municipality")),
            ],
        ),
        Question("audience", _("For whom"), [Group("", options("audience", AUDIENCES))]),
        Question("language", _("Language"), [Group("", options("language", list(LANGUAGES)))]),
    ]


def place_of(word: str) -> Place | None:
    """The place that is meant; None for anything else."""
    match = PLACE.fullmatch(word)
    return LEVELS[match[1]].objects.filter(slug=match[2]).first() if match else None


def _known(word: str, vocabulary: object) -> str:
    return word if word in vocabulary else ""  # type: ignore[operator]
