"""The page types an editor works with. What they share stands in ``publicpage``."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page, PanelPlaceholder

from content.registries import front_asides, front_panels
from content.tree import Tree
from outreach.places.folding import slug_of
from outreach.places.models import Municipality

from .audiences import AudiencesField
from .blocks import BodyBlock, LevelBlock, PyramidBlock, SourcesBlock
from .directory import DirectoryEntry, directory
from .notes import NotedPage
from .publicpage import PublicPage
from .readers import READERS
from .typed_ways import unknown_ways


def group(heading, *panels):
    """Panels under one heading; a placeholder, for the public face does without the editor."""
    return PanelPlaceholder("wagtail.admin.panels.MultiFieldPanel", [list(panels)], {"heading": heading})


SUMMARY = PanelPlaceholder(
    "wagtail.admin.panels.FieldPanel",
    ["search_description"],
    {"heading": _("Summary"), "help_text": _("One sentence, shown in lists of pages and by search engines.")},
)

CHECKED = group(_("Checked"), "checked_on", "sources")


# What the body may say of help, and the anchor where it does so first.
CONTACTS = {"contact": "help", "channels": "whom-to-contact"}


USE_A_CHANNEL = _(
    "“%(way)s” is not in any contact channel. Add it there first, and put its contact card on the page instead."
)


class Part(NamedTuple):
    """One block of a body with what its surroundings say about it."""

    block: Any
    anchor: str
    level: int
    help_anchor: str = ""


class HomePage(PublicPage):
    """The front page of one language."""

    headline = models.CharField(_("headline"), max_length=80, help_text=_("The reader's own question."))
    lead = models.TextField(_("lead"), max_length=300)
    guides = StreamField(
        [("page", blocks.PageChooserBlock())], verbose_name=_("guidance on the front page"), blank=True
    )
    prevention_heading = models.CharField(_("heading on prevention"), max_length=80, blank=True)
    prevention_text = models.TextField(_("text on prevention"), max_length=600, blank=True)
    prevention_page = models.ForeignKey(
        Page, models.SET_NULL, verbose_name=_("page on prevention"), null=True, blank=True, related_name="+"
    )  # NULL: no such page yet
    pyramid = StreamField(
        [("pyramid", PyramidBlock(LevelBlock(), min_num=3, max_num=3))],
        verbose_name=_("prevention pyramid"),
        blank=True,
        max_num=1,
    )

    template = "content/home.html"
    is_creatable = False  # one for each language, made with it
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        *Page.content_panels,
        group(_("First on the page"), "headline", "lead"),
        SUMMARY,
        "guides",
        group(_("How prevention works"), "prevention_heading", "prevention_text", "prevention_page"),
        "pyramid",
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    @property
    def guide_ids(self):
        """The pages an editor chose, by their keys: the tree has read the pages already."""
        return [block["value"] for block in self.guides.raw_data]

    def get_context(self, request, *args, **kwargs):
        """With what the apps above put on the front page, and how many places there are today."""
        tree, language = Tree.of(request), self.locale.language_code
        return {
            **super().get_context(request, *args, **kwargs),
            "panels": [panel for make in front_panels if (panel := make(request, language))],
            "asides": [panel for make in front_asides if (panel := make(request, language))],
            "readers": READERS,
            "worried": tree.part("worried", language),
            "guidance": tree.part("guidance", language),
            "places": Municipality.objects.in_figures(timezone.localdate()),
        }


class BodyPage(PublicPage):
    """A page to read: a lead, a body of blocks, when it was checked and against what."""

    lead = models.TextField(_("lead"), max_length=400, help_text=_("The first sentence answers the title."))
    checked_on = models.DateField(_("checked on"), null=True, blank=True)  # NULL: nothing that can go stale
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)
    sources = StreamField(SourcesBlock(), verbose_name=_("sources"), blank=True)

    class Meta:
        abstract = True

    def clean(self):
        """Refuse a number or mail address in the text that no channel has: a card follows when its channel changes."""
        super().clean()
        texts = self._meta.get_field("body").get_searchable_content(self.body)
        if unknown := unknown_ways([self.lead or "", *texts]):
            raise ValidationError(USE_A_CHANNEL % {"way": unknown[0]})

    @cached_property
    def parts(self):
        """The body as the template shows it; a heading gets an anchor, what follows one a lower heading level."""
        parts, anchors, level, helped = [], {}, 2, False
        for block in self.body:
            anchor, helps = "", block.block_type == "contact" and not helped
            if block.block_type == "heading":
                slug = slug_of(block.value) or "part"
                anchors[slug] = anchors.get(slug, 0) + 1
                anchor, level = slug if anchors[slug] == 1 else f"{slug}-{anchors[slug]}", 3
            helped = helped or helps
            parts.append(Part(block, anchor, level, CONTACTS["contact"] if helps else ""))
        return parts

    @property
    def has_contents(self):
        """Whether the page has parts to go to."""
        return bool(self.sources) or any(part.anchor or part.block.block_type == "channels" for part in self.parts)

    @property
    def has_contact_card(self):
        """Whether the body itself says whom to contact."""
        return any(block.block_type in CONTACTS for block in self.body)

    @property
    def help_anchor(self):
        """Where on the page help stands: what the body says of it first, or the card below it."""
        first = next((block.block_type for block in self.body if block.block_type in CONTACTS), "contact")
        return CONTACTS[first]


class ReadingPage(BodyPage):
    """A page written for somebody."""

    audiences = AudiencesField(_("for whom"), default=list, blank=True)
    danger = models.BooleanField(
        _("can turn dangerous"), default=False, help_text=_("Shows 112 before the first heading.")
    )

    content_panels = [
        *Page.content_panels,
        "lead",
        SUMMARY,
        "body",
        group(_("For whom"), "audiences", "danger"),
        CHECKED,
    ]

    class Meta:
        abstract = True


class SectionPage(ReadingPage):
    """A part of the site: what it is about, and the pages below it."""

    class Part(models.TextChoices):
        WORRIED = "worried", _("Are you worried?")
        GUIDANCE = "guidance", _("Guidance")
        WHO_DOES_WHAT = "who-does-what", _("Who does what")
        ABOUT = "about", _("About the centre")

    part = models.CharField(
        _("word of the navigation"), max_length=20, choices=Part, blank=True, help_text=_("Which word leads here.")
    )

    settings_panels = [*Page.settings_panels, "part"]
    template = "content/section.html"
    parent_page_types = ["content.HomePage", "content.SectionPage"]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request, *args, **kwargs):
        """With the directory, on the page that says who does what."""
        context = super().get_context(request, *args, **kwargs)
        if self.part == self.Part.WHO_DOES_WHAT:
            context["directory"] = directory(request.GET)
        return context


class GuidancePage(NotedPage, ReadingPage):
    """One question of a reader, answered."""

    content_panels = [
        *Page.content_panels,
        "lead",
        SUMMARY,
        "content_note",
        "body",
        group(_("For whom"), "audiences", "danger"),
        CHECKED,
    ]
    template = "content/guidance.html"
    parent_page_types = ["content.HomePage", "content.SectionPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("guidance page")
        verbose_name_plural = _("guidance pages")

    def get_context(self, request, *args, **kwargs):
        """With the entries of the directory that this page tells more about."""
        entries = DirectoryEntry.objects.about(self).in_order()
        return {**super().get_context(request, *args, **kwargs), "entries": entries}


class StandardPage(ReadingPage):
    """A page about the site or the centre itself."""

    template = "content/standard.html"
    parent_page_types = ["content.HomePage", "content.SectionPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
