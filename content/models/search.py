"""What the public search finds, and the words that editors say mean the same. Both hold only what is public."""

import re
import uuid
from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outreach.places.folding import fold

from .audiences import Audience
from .bilingual import Bilingual, in_language

LONGEST_BODY = 100_000  # letters of one page that are searched: a book of fifty pages
SEVERAL = re.compile(r"[,\n]")


class SearchKind(models.TextChoices):
    """What a reader finds, in the words of the results."""

    GUIDANCE = "guidance", _("Guidance")
    CONTACT = "contact", _("Contact")
    PLACE = "place", _("Local help")
    DIRECTORY = "directory", _("Who does what")
    EVENT = "event", _("Event")
    PRACTICE = "practice", _("Practice")
    MATERIAL = "material", _("Material")
    NEWS = "news", _("News")
    ABOUT = "about", _("About the centre")


class SearchEntryQuerySet(models.QuerySet):
    def valid(self, now: datetime):
        """Those whose time has come and not passed at ``now``; NULL ends are open."""
        begun = Q(valid_from=None) | Q(valid_from__lte=now)
        return self.filter(begun, Q(valid_until=None) | Q(valid_until__gt=now))

    def over(self, now: datetime):
        """Those nobody may find any more at ``now``."""
        return self.filter(valid_until__lte=now)


class SearchEntry(models.Model):
    """One thing to find, in one language, where it is read; written when it becomes public, gone when it ceases.

    The ``…_key`` columns hold the same words folded (``search_words.folded``), one for one. What PostgreSQL and SQLite
    need beside the table to search it quickly stands in ``services/search_backends.py``.
    """

    source = models.CharField(max_length=20)  # the name of the registered source
    key = models.CharField(max_length=64)  # what the source calls it: the primary key of its row
    language = models.CharField(max_length=8)  # of the pages it is found on
    written_in = models.CharField(max_length=8, blank=True)  # "": in that language
    kind = models.CharField(max_length=16, choices=SearchKind)
    audiences = models.CharField(max_length=120, blank=True)  # " relative teacher ": each between spaces
    title = models.CharField(max_length=255)
    title_key = models.CharField(max_length=300)
    places = models.CharField(max_length=500, blank=True)
    places_key = models.CharField(max_length=600, blank=True)
    detail = models.CharField(max_length=300, blank=True)  # shown beside the kind: when and where, by whom, a number
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    body_key = models.TextField(blank=True)
    path = models.CharField(max_length=1000)  # on the public site
    valid_from = models.DateTimeField(null=True, blank=True)  # NULL: already
    valid_until = models.DateTimeField(null=True, blank=True)  # NULL: for as long as its source is public

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "language"], name="found_once_in_a_language"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_number(self) -> bool:
        """Whether the detail can be called."""
        return self.detail.replace(" ", "").lstrip("+").isdigit()

    @staticmethod
    def for_whom(audiences: Collection[str]) -> str:
        """Audiences as the column keeps them; what names nobody is for everyone."""
        return f" {' '.join(audiences or [Audience.EVERYONE])} "


def new_key() -> str:
    return uuid.uuid4().hex


class SynonymSet(Bilingual, models.Model):
    """Words that mean the same to somebody who searches: one of them finds what the others find."""

    key = models.SlugField(unique=True, default=new_key, editable=False)
    words_da = models.TextField(
        _("words in Danish"), blank=True, help_text=_("One on each line, or with commas between.")
    )
    words_en = models.TextField(
        _("words in English"), blank=True, help_text=_("One on each line, or with commas between.")
    )

    words = in_language("words")

    class Meta:
        ordering = ["words_da", "key"]
        verbose_name = _("set of synonyms")
        verbose_name_plural = _("synonyms")

    def __str__(self):
        return ", ".join(self.listed(settings.LANGUAGE_CODE) or self.listed("en"))

    def listed(self, language: str) -> list[str]:
        """The words of one language, as the editor wrote them; none in a language it has no column for."""
        text = getattr(self, f"words_{language}", "")
        return [word for part in SEVERAL.split(text) if fold(word := " ".join(part.split()))]
