"""News: what has changed, and when it was told."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.models.pages import PageManager, PageQuerySet

from .listing import ListingPage
from .notes import NotedPage
from .pages import CHECKED, SUMMARY, BodyPage


class NewsQuerySet(PageQuerySet):
    def latest_first(self):
        return self.order_by("-date", "-pk")


class NewsPage(NotedPage, BodyPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate)

    objects = PageManager.from_queryset(NewsQuerySet)()

    content_panels = [*Page.content_panels, "date", "lead", SUMMARY, "content_note", "body", CHECKED]
    template = "content/news.html"
    parent_page_types = ["content.NewsListPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")


class NewsListPage(ListingPage):
    """Every piece of news, the latest first."""

    listed = NewsPage
    shown = ("date", "content_note")
    subpage_types = ["content.NewsPage"]
    template = "content/newslist.html"

    class Meta:
        verbose_name = _("news list")
        verbose_name_plural = _("news lists")

    def rows(self):
        return super().rows().latest_first()
