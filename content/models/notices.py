"""A notice on public pages, prepared in advance and shown by the clock, in both languages."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PreviewableMixin

from content.tree import Node, Tree

from .bilingual import Bilingual, in_language
from .typed_ways import NOT_A_CHANNEL, WEBSITE, KnownWaysOnly

# The database hides a notice until its time by a clock of its own; ours asks a little later, so that it is there.
SETTLING = timedelta(seconds=2)


class ShowingQuerySet(models.QuerySet):
    def not_over(self, now: datetime) -> "ShowingQuerySet":
        return self.filter(shows_until__gt=now)

    def with_words(self) -> "ShowingQuerySet":
        """With the notice where the reader's role may read it already; one query."""
        return self.select_related("notice")


class Showing(models.Model):
    """From when to when a notice shows. Everyone may know: a page says by it how long it holds."""

    shows_from = models.DateTimeField(_("shown from"))
    shows_until = models.DateTimeField(_("shown until"), help_text=_("A notice always ends: nobody has to remember."))

    objects = ShowingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(shows_until__gt=F("shows_from")),
                name="notice_ends_after_it_begins",
                violation_error_message=_("The notice ends before it begins."),
            )
        ]

    def __str__(self):
        return f"{self.shows_from:%Y-%m-%d %H:%M} – {self.shows_until:%Y-%m-%d %H:%M}"

    @property
    def begins(self) -> datetime:
        return self.shows_from + SETTLING

    def is_on(self, now: datetime) -> bool:
        return self.begins <= now < self.shows_until


class Shown(NamedTuple):
    """A notice as its template shows it; ``link`` is None where it leads nowhere."""

    level: str
    label: str
    heading: str
    text: str
    link: Node | None


class Notice(PreviewableMixin, KnownWaysOnly, Bilingual, Showing):
    """What is said, to whom, and how urgent it is. The public role reads it in its time only (wall/policies.py)."""

    class Level(models.TextChoices):
        INFORMATION = "information", _("Information")
        IMPORTANT = "important", _("Important")
        DANGER = "danger", _("Danger")

    class Where(models.TextChoices):
        EVERYWHERE = "everywhere", _("every public page")
        FRONT = "front", _("the front page only")

    level = models.CharField(_("level"), max_length=12, choices=Level, default=Level.INFORMATION)
    where = models.CharField(_("where"), max_length=12, choices=Where, default=Where.EVERYWHERE)
    heading_da = models.CharField(_("heading in Danish"), max_length=80)
    heading_en = models.CharField(_("heading in English"), max_length=80)
    text_da = models.CharField(_("text in Danish"), max_length=240)
    text_en = models.CharField(_("text in English"), max_length=240)
    page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page that tells more"),
        help_text=_("Choose the Danish page. English readers are led to its translation."),
    )  # NULL: the notice says it all

    heading = in_language("heading")
    text = in_language("text")

    class Meta:
        ordering = ["-shows_from"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self):
        return self.heading

    def clean(self):
        """Refuse an address of a website too: a notice leads to a page."""
        super().clean()
        for text in (self.heading_da, self.heading_en, self.text_da, self.text_en):
            if link := WEBSITE.search(text):
                raise ValidationError(NOT_A_CHANNEL % {"way": link[0]})

    def shown(self, request) -> Shown:
        """In the reader's language."""
        link = self._link(Tree.of(request)) if self.page_id else None
        return Shown(self.level, self.get_level_display(), self.heading, self.text, link)

    def _link(self, tree: Tree) -> Node | None:
        """The page in the reader's language where there is one; None unless it is live."""
        chosen = tree.by_pk.get(self.page_id)
        nodes = tree.translations(chosen.translation_key) if chosen else []
        return next((node for node in nodes if node.language == translation.get_language()), chosen)

    @property
    def preview_modes(self):
        return [("da", _("Danish")), ("en", _("English"))]

    def get_preview_template(self, request, mode_name):
        return "content/notice_preview.html"

    def get_preview_context(self, request, mode_name):
        with translation.override(mode_name):
            return {**super().get_preview_context(request, mode_name), "notices": [self.shown(request)]}

    def serve_preview(self, request, mode_name):
        """A page with the notice, in the language asked for, whatever the editor's."""
        with translation.override(mode_name):
            return super().serve_preview(request, mode_name).render()
