"""Who does what: the authorities, cooperations, networks and associations that prevent together."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import groupby
from typing import NamedTuple

from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Page

from outreach.links import public_href

from .audiences import Audience, AudiencesField, TicksField
from .bilingual import Bilingual, in_language
from .channels import ContactChannel
from .facets import Entry, Facet, Narrowed, narrow
from .review import Reviewed, ReviewedQuerySet
from .typed_ways import KnownWaysOnly


class Level(models.TextChoices):
    """Where somebody works, from close by to far away; the order is that of the page."""

    LOCAL = "local", _("Local")
    REGIONAL = "regional", _("Regional")
    COOPERATION = "cooperation", _("Cooperation")
    NATIONAL = "national", _("National")
    CIVIL = "civil", _("Associations and NGOs")
    INTERNATIONAL = "international", _("International")


class Task(models.TextChoices):
    """What somebody does; a reader looks for one of these."""

    CONCERN = "concern", _("Deals with specific concerns")
    ADVICE = "advice", _("Gives advice")
    SUPPORT = "support", _("Supports young people and families")
    EXIT = "exit", _("Helps people out")
    SECURITY = "security", _("Looks after safety and the law")
    HEALTH = "health", _("Treats illness")
    SCHOOL = "school", _("School and education")
    TRAINING = "training", _("Trains professionals")
    KNOWLEDGE = "knowledge", _("Gathers knowledge and methods")
    DIRECTION = "direction", _("Sets direction and coordinates")
    DIALOGUE = "dialogue", _("Talks with civil society")
    ABROAD = "abroad", _("Works with other countries")


class TasksField(TicksField):
    vocabulary = Task
    refusal = _("Choose among the tasks.")


class DirectoryEntryQuerySet(ReviewedQuerySet):
    def in_order(self) -> list["DirectoryEntry"]:
        """From close by to far away; there those of today first, then as editors ordered them."""
        levels = Level.values
        return sorted(self, key=lambda row: (levels.index(row.level), bool(row.as_of), row.order, row.key))

    def about(self, page: Page):
        """Those that a page tells more about, whichever language it is in."""
        return self.filter(page__translation_key=page.translation_key)


class DirectoryEntry(Bilingual, KnownWaysOnly, Reviewed, ClusterableModel):
    """One authority, cooperation, network or association, and what it does, in both languages."""

    REVIEW_EVERY = timedelta(days=365)

    key = models.SlugField(_("key"), unique=True, help_text=_("Stands in addresses. Do not change it."))
    level = models.CharField(_("level"), max_length=16, choices=Level)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    name_da = models.CharField(_("name in Danish"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    summary_da = models.CharField(_("in one sentence, in Danish"), max_length=160)
    summary_en = models.CharField(_("in one sentence, in English"), max_length=160)
    body_da = models.TextField(_("what it does, in Danish"), max_length=3000)
    body_en = models.TextField(_("what it does, in English"), max_length=3000)
    tasks = TasksField(_("their tasks"), default=list)
    audiences = AudiencesField(_("for whom"), default=list)
    as_of = models.CharField(
        _("as it was on"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{4}(-\d\d-\d\d)?$", _("Write a year or a day: 2014 or 2018-06-08."))],
        help_text=_("A year or a day, when it tells of the past. Leave it out when it holds today."),
    )
    part_of = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("belongs to"), null=True, blank=True, related_name="parts"
    )  # NULL: stands on its own, or the source does not say
    channel = models.ForeignKey(
        ContactChannel, models.SET_NULL, verbose_name=_("contact channel"), null=True, blank=True, related_name="+"
    )  # NULL: no source states one
    website = models.URLField(_("website"), blank=True)
    page = models.ForeignKey(
        Page, models.SET_NULL, verbose_name=_("page that tells more"), null=True, blank=True, related_name="+"
    )  # NULL: no page does

    name = in_language("name")
    summary = in_language("summary")
    body = in_language("body")

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta(Reviewed.Meta):
        ordering = ["order", "key"]
        verbose_name = _("entry of “Who does what”")
        verbose_name_plural = _("entries of “Who does what”")

    def __str__(self):
        return self.name

    @property
    def url(self) -> str:
        return public_href("content:directory_entry", self.key)

    @property
    def website_host(self) -> str:
        """The website as people say it: "thegctf.org"."""
        return self.website.partition("://")[2].removeprefix("www.").rstrip("/")

    @property
    def task_labels(self) -> list[str | Promise]:
        return [task.label for task in Task if task in self.tasks]

    @property
    def audience_labels(self) -> list[str | Promise]:
        return [audience.label for audience in Audience if audience in self.audiences]


class DirectorySource(Bilingual, models.Model):
    """What an entry builds on."""

    entry = ParentalKey(DirectoryEntry, on_delete=models.CASCADE, related_name="sources")
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    title_da = models.CharField(_("title in Danish"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    date = models.CharField(_("date or year"), max_length=40, blank=True)

    title = in_language("title")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self):
        return self.title_da


class Group(NamedTuple):
    """The entries of one level."""

    level: Level
    entries: list[DirectoryEntry]


class Directory(NamedTuple):
    """What is left of the directory, by level, and the form that narrows it."""

    groups: list[Group]
    narrowed: Narrowed

    @property
    def count(self) -> int:
        return len(self.narrowed.entries)


FACETS = [
    Facet("level", _("Level"), Level.choices),
    Facet("audience", _("For whom"), [choice for choice in Audience.choices if choice[0] != Audience.EVERYONE]),
    Facet("task", _("Their task"), Task.choices),
]


def directory(asked: Mapping[str, str]) -> Directory:
    """Every entry that has the words asked for, in one query."""
    narrowed = narrow([_with_words(entry) for entry in DirectoryEntry.objects.in_order()], FACETS, asked)
    return Directory(_by_level(entry.node for entry in narrowed.entries), narrowed)


def _with_words(entry: DirectoryEntry) -> Entry:
    """What is for everyone is for each of them."""
    audiences = Audience.values if Audience.EVERYONE in entry.audiences else entry.audiences
    return Entry(entry, words={"level": [entry.level], "audience": audiences, "task": entry.tasks})


def _by_level(entries: Iterable[DirectoryEntry]) -> list[Group]:
    return [Group(Level(level), list(group)) for level, group in groupby(entries, key=lambda entry: entry.level)]
