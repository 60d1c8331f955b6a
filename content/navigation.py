"""The words of the public navigation and the links of the footer that lead to pages."""

from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from content.models import SectionPage
from content.tree import Tree
from outreach.design.menu import PublicNavItem, register_public
from outreach.links import public_href

Part = SectionPage.Part


def part_url(part: str):
    """The address of a part of the site in the active language; "" while there is no such page."""

    def url(request: HttpRequest) -> str:
        node = Tree.of(request).part(part, translation.get_language())
        return node.url if node else ""

    return url


def view_url(name: str):
    return lambda request: public_href(name)


WORDS: list[tuple[int, str | Promise, object, str]] = [
    (10, Part.WORRIED.label, part_url(Part.WORRIED), Part.WORRIED),
    (20, Part.GUIDANCE.label, part_url(Part.GUIDANCE), Part.GUIDANCE),
    (30, _("Find local help"), view_url("content:local_help"), "local-help"),
    (40, Part.WHO_DOES_WHAT.label, part_url(Part.WHO_DOES_WHAT), Part.WHO_DOES_WHAT),
    (60, Part.ABOUT.label, part_url(Part.ABOUT), Part.ABOUT),
]
FOOTER: list[tuple[int, str | Promise, object, str]] = [
    (10, _("Whom should I call?"), view_url("content:guide"), "shortcuts"),
    (20, _("Find your info-house"), view_url("content:local_help"), "shortcuts"),
    (10, _("About the centre"), part_url(Part.ABOUT), "about"),
]


def register() -> None:
    for order, label, url, key in WORDS:
        register_public(PublicNavItem(order, label, url, key))
    for order, label, url, place in FOOTER:
        register_public(PublicNavItem(order, label, url, place=place))
