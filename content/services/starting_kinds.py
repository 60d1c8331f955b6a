"""What a starting text says beyond title, lead and body: each kind of page has fields of its own."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wagtail.models import Page

from content.models import (
    GuidancePage,
    NewsListPage,
    NewsPage,
    PracticeLibraryPage,
    PracticePage,
    ResourceLibraryPage,
    ResourcePage,
    SectionPage,
    StandardPage,
)
from content.models.audiences import Audience, TargetGroup
from content.models.library import Level, Licence, OrganisationKind, ResourceLanguage

MODELS: dict[str, type[Page]] = {
    "guidance": GuidancePage,
    "section": SectionPage,
    "standard": StandardPage,
    "practices": PracticeLibraryPage,
    "practice": PracticePage,
    "resources": ResourceLibraryPage,
    "resource": ResourcePage,
    "newslist": NewsListPage,
    "news": NewsPage,
}
Check = Callable[[Any], bool]


def is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def is_maybe(kind: type) -> Check:
    """The value, or nothing where the source does not say."""
    return lambda value: value is None or type(value) is kind


def is_among(vocabulary: Any) -> Check:
    return lambda value: value in vocabulary.values


def are_among(vocabulary: Any) -> Check:
    return lambda value: isinstance(value, list) and value != [] and set(value) <= set(vocabulary.values)


def is_list(value: Any) -> bool:
    return isinstance(value, list) and all(is_text(word) for word in value)


NOTED: dict[str, Check] = {"content_note": is_text}
READERS: dict[str, Check] = {"audiences": are_among(Audience), "danger": is_maybe(bool)}
OWN: dict[str, dict[str, Check]] = {
    "guidance": READERS | NOTED,
    "section": READERS,
    "standard": READERS,
    "practice": {
        "country": is_text,
        "target_groups": are_among(TargetGroup),
        "themes": is_list,
        "peer_reviewed": is_maybe(bool),
        "year": is_maybe(int),
        "organisation": is_text,
        "organisation_kind": is_among(OrganisationKind),
        "organisation_about": is_maybe(str),
        **NOTED,
    },
    "resource": {
        "audiences": are_among(Audience),
        "themes": is_list,
        "level": is_among(Level),
        "language": is_among(ResourceLanguage),
        "licence": is_among(Licence),
        "link": is_maybe(str),
        **NOTED,
    },
    "news": {"date": lambda value: type(value) is date, **NOTED},
}
EMPTY = {"audiences": [], "danger": False, "organisation_about": "", "link": "", "content_note": ""}


def fields_of(kind: str) -> dict[str, Check]:
    """The fields a kind has beside what all have; those for readers and the content note may be left out."""
    return OWN.get(kind, {})


def own_values(fields: dict[str, Any]) -> dict[str, Any]:
    """Those fields in the form of the model, themes by their keys."""
    return {name: fields.get(name) or EMPTY.get(name, fields.get(name)) for name in fields_of(fields["kind"])}
