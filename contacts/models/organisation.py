"""Whom we work with: associations, communities, housing networks, authorities and the rest of product.md's kinds."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .visibility import ContactQuerySet, keyed


class Organisation(models.Model):
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

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=140)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, verbose_name=_("municipality"), null=True, blank=True
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="organisations"
    )
    team = models.ForeignKey("accounts.Team", models.PROTECT, verbose_name=_("team"), null=True, blank=True)
    rhythm_weeks = models.PositiveSmallIntegerField(
        _("agreed rhythm in weeks"), null=True, blank=True
    )  # NULL: none agreed
    last_dialogue_on = models.DateField(null=True, blank=True, editable=False)  # NULL: never talked
    restricted = models.BooleanField(_("restricted"), default=False)
    search_key = models.CharField(max_length=400, editable=False, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_key = keyed(self.name, self.email, self.phone)
        super().save(*args, **kwargs)
