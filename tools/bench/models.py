"""A page as the Wagtail tutorial makes one: stock routing, stock rich text, a menu from the tree, in our layout."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from content.context import HelpChannel
from content.models import ContactChannel
from outreach.design.menu import Entry


class PlainPage(Page):
    lead = models.TextField()
    body = StreamField([("heading", blocks.CharBlock()), ("text", blocks.RichTextBlock())])

    template = "bench/plain.html"

    class Meta:
        app_label = "bench"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the header, the footer and the side of a page show."""
        now, site = timezone.now(), Site.find_for_request(request)
        channels = ContactChannel.objects.prefetch_related("opening_hours", "closed_days")
        in_menu = site.root_page.get_children().live().in_menu().specific()
        return {
            **super().get_context(request, *args, **kwargs),
            "nav": [Entry(page.slug, page.title, page.get_url(request)) for page in in_menu],
            "about_links": [
                Entry("", page.title, page.get_url(request)) for page in site.root_page.get_children().live()
            ],
            "help_channels": {channel.key: HelpChannel(channel, now) for channel in channels},
            "crumbs": self.get_ancestors().live().filter(depth__gt=1),
            "siblings": self.get_siblings().live(),
        }
