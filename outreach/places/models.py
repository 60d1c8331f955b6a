"""Regions, police districts and municipalities, each valid from one day to another."""

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from .folding import fold


class PlaceQuerySet(models.QuerySet):
    def on(self, day):
        """Those that exist on ``day``; NULL ends are open."""
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class Lasting:
    """What holds from one day to another; NULL ends are open."""

    def holds_on(self, day) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or self.valid_to >= day)


class Place(Lasting, models.Model):
    """Somewhere with a name that people spell in many ways."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(max_length=80, unique=True)
    search_key = models.CharField(max_length=160, editable=False, db_index=True)
    valid_from = models.DateField(_("exists from"), null=True, blank=True)  # NULL: as long as we know
    valid_to = models.DateField(_("exists to, that day included"), null=True, blank=True)  # NULL: still exists

    objects = PlaceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_key = fold(self.name)
        super().save(*args, **kwargs)


class Region(Place):
    class Meta(Place.Meta):
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def is_gone_on(self, day) -> bool:
        return self.valid_to is not None and self.valid_to < day

    def is_to_come_on(self, day) -> bool:
        return self.valid_from is not None and self.valid_from > day


class PoliceDistrict(Place):
    class Meta(Place.Meta):
        verbose_name = _("police district")
        verbose_name_plural = _("police districts")


class MunicipalityQuerySet(PlaceQuerySet):
    def in_figures(self, day) -> dict[str, int]:
        """How many ``municipalities`` there are on ``day``, and in how many ``districts``."""
        return self.on(day).aggregate(municipalities=Count("pk"), districts=Count("police_district", distinct=True))


class Municipality(Place):
    """One of the 98. Its police district's info-house is where a local worry goes."""

    code = models.CharField(_("municipality code"), max_length=4, unique=True)
    police_district = models.ForeignKey(PoliceDistrict, models.PROTECT, related_name="municipalities")

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Place.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")


class RegionMembership(Lasting, models.Model):
    """Which region a municipality belongs to, from one day to another; on 2027-01-01 two regions become one."""

    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="region_memberships")
    region = models.ForeignKey(Region, models.PROTECT, related_name="memberships")
    valid_from = models.DateField(null=True, blank=True)  # NULL: as long as we know
    valid_to = models.DateField(null=True, blank=True)  # NULL: still does

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "region"], name="municipality_once_in_a_region")
        ]

    def __str__(self):
        return f"{self.municipality} – {self.region}"
