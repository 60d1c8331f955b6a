"""Whom we work with: associations, communities, housing networks, authorities and the rest of product.md's kinds."""

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class Organisation(Contact):
    class Kind(models.TextChoices):
        CULTURAL = "cultural", _("Cultural association")
        SPORTS = "sports", _("Sports association")
        RELIGIOUS_ASSOCIATION = "religious_association", _("Religious association")
        RELIGIOUS_COMMUNITY = "religious_community", _("Religious community")
        YOUTH = "youth", _("Youth association")
        WOMEN = "women", _("Women's association")
        HOUSING = "housing", _("Social-housing organisation")
        HOUSING_NETWORK = "housing_network", _("Social-housing network")
        INTEREST_GROUP = "interest_group", _("Interest group")
        RESEARCH = "research", _("Research institution")
        FOUNDATION = "foundation", _("Foundation")
        MEDIA = "media", _("Opinion makers' media")
        SCHOOL = "school", _("School")
        AUTHORITY = "authority", _("Authority")
        INFO_HOUSE = "info_house", _("Info-house")
        INTERNATIONAL = "international", _("International network")
        PARENTS = "parents", _("Parents' network")
        MENTORS = "mentors", _("Mentors' corps")

    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    company_number = models.CharField(
        _("CVR number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("Write the CVR number as eight digits."))],
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [
            models.Index(fields=["name", "id"], name="organisation_by_name"),
            models.Index(fields=["owner", "talk_by"], name="organisation_my_quiet"),
        ]

    def get_absolute_url(self):
        return reverse("workspace:organisation", args=[self.pk])

    def found_under(self) -> list[str]:
        return [*super().found_under(), self.company_number]
