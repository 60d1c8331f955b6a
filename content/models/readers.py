"""Who are you? Four kinds of readers, each with the pages written for them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outreach.links import public_href

from .audiences import Audience


@dataclass(frozen=True)
class Reader:
    """A card of the front page: the reader as they would say it, and the audiences whose pages are theirs."""

    key: str
    path: Promise
    icon: str
    title: Promise
    text: Promise
    audiences: frozenset[str]

    @property
    def url(self) -> str:
        return public_href(f"content:for_{self.key}")


READERS = [
    Reader(
        "relatives",
        _("for/family-and-friends/"),
        "persons",
        _("Parent, friend or neighbour"),
        _("You know someone who has changed, and want to know what you can do."),
        frozenset({Audience.RELATIVE}),
    ),
    Reader(
        "professionals",
        _("for/professionals/"),
        "student",
        _("Professional"),
        _("You are a teacher, social educator, housing worker or nurse and notice signs."),
        frozenset({Audience.TEACHER, Audience.PROFESSIONAL}),
    ),
    Reader(
        "associations",
        _("for/associations/"),
        "groups",
        _("Association or faith community"),
        _("You want to talk with us, hold an evening on the subject or meet other associations."),
        frozenset({Audience.ASSOCIATION}),
    ),
    Reader(
        "involved",
        _("for/those-involved/"),
        "forum",
        _("Involved yourself"),
        _("You are in something you would like to talk about, or out of. You can stay anonymous."),
        frozenset({Audience.INVOLVED}),
    ),
]
