"""Rich text, links to pages and contact cards, all from what the request has read already."""

import re
from collections.abc import Iterable
from datetime import date

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.images.models import Image, Rendition
from wagtail.rich_text import expand_db_html

from content.addresses import place_href
from content.context import HelpChannel
from content.models import DirectoryEntry
from content.models.review import Reviewed
from content.registries import NextStep
from content.registries import next_steps as registered_steps
from content.services.pictures import make_renditions, renditions_of
from content.tree import Node
from outreach.design.templatetags.design_tags import longdate
from outreach.languages import further

register = template.Library()
register.filter(place_href)

PAGE_LINK = re.compile(r'<a linktype="page" id="(\d+)">(.*?)</a>', re.DOTALL)


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value) -> SafeString:
    """Rich text with its links to pages from the tree; a link to a page that is not live becomes plain words."""

    def link(match: re.Match[str]) -> str:
        node = context["tree"].by_pk.get(int(match[1]))
        return f'<a href="{escape(node.url)}">{match[2]}</a>' if node else match[2]

    return mark_safe(expand_db_html(PAGE_LINK.sub(link, value.source)))


@register.simple_tag(takes_context=True)
def node_of(context: template.Context, pk: int | None) -> Node | None:
    """The page an editor chose, as the tree has it; None unless it is live."""
    return context["tree"].by_pk.get(pk)


@register.simple_tag(takes_context=True)
def help_channel(context: template.Context, key: str) -> HelpChannel | None:
    """One contact channel with its state."""
    return context["help_channels"].get(key)


@register.simple_tag(takes_context=True)
def channel_of(context: template.Context, entry: DirectoryEntry) -> HelpChannel | None:
    """How an entry of the directory is reached, from the channels every page reads."""
    channels = context["help_channels"].values() if entry.channel_id else ()
    return next((help for help in channels if help.channel.pk == entry.channel_id), None)


@register.simple_tag
def sizes_of(image: Image | None) -> list[Rendition]:
    """The sizes of a picture. In a preview they are made when missing; the public role writes nothing."""
    if image is None:
        return []
    if settings.FACE != "public":
        make_renditions([image])
    return renditions_of(image)


@register.inclusion_tag("content/_checked.html")
def checked(row: Reviewed, *, css: str = "", what: str = "") -> dict:
    """When it was checked; today decides whether it says that we are having it confirmed."""
    return {"row": row, "softened": row.is_softened_on(timezone.localdate()), "css": css, "what": what}


@register.simple_tag(takes_context=True)
def front_panel(context: template.Context, name: str, values: dict) -> SafeString:
    """What an app above puts on the front page: its template, with its own values beside those of the page."""
    with context.push(**values):
        return context.template.engine.get_template(name).render(context)


@register.inclusion_tag("content/_next_steps.html")
def next_steps(audiences: Iterable[str]) -> dict[str, list[NextStep]]:
    """What the readers a page is for can do with us."""
    return {"steps": [step for step in registered_steps if step.audience in audiences]}


@register.filter
def as_written(text: str) -> str:
    """The text of a record; where the page is in a further language, marked as the English it is."""
    return format_html('<bdi lang="en" dir="ltr">{}</bdi>', text) if get_language() in further() else text


@register.filter
def readable_date(text: str) -> str:
    """A day written as 2018-06-08 as the reader writes it; a year or anything else as it stands."""
    try:
        return longdate(date.fromisoformat(text))
    except ValueError:
        return text


@register.simple_tag
def heading(level: int, text: str, css: str = "") -> SafeString:
    """A heading one level below what it stands in."""
    return format_html('<h{0} class="{2}">{1}</h{0}>' if css else "<h{0}>{1}</h{0}>", level, text, css)
