"""The practice library and the resource library: what others have tried, and what one can use."""

from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.documents import get_document_model_string
from wagtail.models import Page, PanelPlaceholder

from .audiences import Audience, AudiencesField, TargetGroup, TargetGroupsField
from .facets import Facet
from .listing import ListingPage
from .notes import NotedPage
from .pages import CHECKED, SUMMARY, BodyPage, group
from .themes import Theme

THEMES = PanelPlaceholder("wagtail.admin.panels.FieldPanel", ["themes"], {"widget": forms.CheckboxSelectMultiple})


class OrganisationKind(models.TextChoices):
    GOVERNMENT = "government", _("Governmental institution")
    LOCAL = "local", _("Local authority")
    CIVIL = "civil", _("Civil society organisation")
    RESEARCH = "research", _("Research institution")
    INTERNATIONAL = "international", _("International organisation")


class Level(models.TextChoices):
    FIRST = "first", _("To begin with")
    PRACTICE = "practice", _("To use with others")
    DEPTH = "depth", _("In depth")


class Licence(models.TextChoices):
    SHARE = "share", _("May be printed and shared as it stands")
    CC_BY = "cc-by", _("Creative Commons Attribution (CC BY)")
    PUBLISHER = "publisher", _("The publisher decides; ask before you copy it")


class ResourceLanguage(models.TextChoices):
    DANISH = "da", _("Danish")
    ENGLISH = "en", _("English")
    ARABIC = "ar", _("Arabic")
    SOMALI = "so", _("Somali")
    TURKISH = "tr", _("Turkish")
    URDU = "ur", _("Urdu")
    PERSIAN = "fa", _("Persian")


def theme_facet(themes: list[Theme]) -> Facet:
    return Facet("theme", _("Theme"), [(theme.key, theme.name) for theme in sorted(themes, key=lambda t: t.order)])


class PracticePage(NotedPage, BodyPage):
    """What somebody has tried: where, with whom, when, and who stood for it."""

    country = models.CharField(_("country"), max_length=60)
    target_groups = TargetGroupsField(_("target group"), default=list)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), related_name="practices", blank=True)
    peer_reviewed = models.BooleanField(_("peer reviewed"), null=True, blank=True)  # NULL: the source does not say
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)  # NULL: the source does not say
    organisation = models.CharField(_("organisation"), max_length=160)
    organisation_kind = models.CharField(_("type of organisation"), max_length=20, choices=OrganisationKind)
    organisation_about = models.TextField(_("about the organisation"), max_length=1000, blank=True)

    content_panels = [
        *Page.content_panels,
        "lead",
        SUMMARY,
        "content_note",
        group(_("The practice"), "country", "year", "target_groups", THEMES, "peer_reviewed"),
        group(_("Who stands for it"), "organisation", "organisation_kind", "organisation_about"),
        "body",
        CHECKED,
    ]
    template = "content/practice.html"
    parent_page_types = ["content.PracticeLibraryPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    @property
    def target_group_labels(self):
        return [TargetGroup(group).label for group in self.target_groups]


class PracticeLibraryPage(ListingPage):
    """Every practice, by target group and theme."""

    listed = PracticePage
    shown = ("country", "year", "organisation", "target_groups", "content_note")
    subpage_types = ["content.PracticePage"]
    template = "content/practices.html"

    class Meta:
        verbose_name = _("practice library")
        verbose_name_plural = _("practice libraries")

    def facets(self, themes):
        return [Facet("audience", _("Target group"), TargetGroup.choices), theme_facet(themes)]

    def words(self, row):
        return {"audience": row["target_groups"], "theme": [theme.key for theme in row["themes"]]}


class ResourcePage(NotedPage, BodyPage):
    """Something to use: a file, a link, or what stands on the page itself."""

    document = models.ForeignKey(
        get_document_model_string(), models.PROTECT, verbose_name=_("file"), null=True, blank=True, related_name="+"
    )  # NULL: a link, or the page itself
    link = models.URLField(_("link"), blank=True)
    audiences = AudiencesField(_("for whom"), default=list)
    themes = ParentalManyToManyField(Theme, verbose_name=_("themes"), related_name="resources", blank=True)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    language = models.CharField(_("language"), max_length=8, choices=ResourceLanguage)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence)

    content_panels = [
        *Page.content_panels,
        "lead",
        SUMMARY,
        "content_note",
        group(_("Where it is"), "document", "link"),
        "body",
        group(_("For whom"), "audiences", THEMES, "level", "language", "licence"),
        CHECKED,
    ]
    template = "content/resource.html"
    parent_page_types = ["content.ResourceLibraryPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")

    def clean(self):
        super().clean()
        if not (self.document_id or self.link or self.body):
            raise ValidationError({"link": _("Choose a file, give a link, or write the material on the page.")})

    @property
    def link_host(self):
        return urlsplit(self.link).hostname or self.link

    @property
    def audience_labels(self):
        return [Audience(audience).label for audience in self.audiences]


class ResourceLibraryPage(ListingPage):
    """Every material, by reader, theme and level."""

    listed = ResourcePage
    shown = ("audiences", "level", "language", "content_note")
    subpage_types = ["content.ResourcePage"]
    template = "content/resources.html"

    class Meta:
        verbose_name = _("material library")
        verbose_name_plural = _("material libraries")

    def facets(self, themes):
        return [
            Facet("audience", _("For whom"), Audience.choices),
            theme_facet(themes),
            Facet("level", _("Level"), Level.choices),
        ]

    def words(self, row):
        return {
            "audience": row["audiences"],
            "theme": [theme.key for theme in row["themes"]],
            "level": [row["level"]],
        }

    def labelled(self, row):
        return row | {"level": Level(row["level"]).label, "language": ResourceLanguage(row["language"]).label}
