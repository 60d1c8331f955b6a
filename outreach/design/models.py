"""Whether what stands here is a demonstration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemonstrationQuerySet(models.QuerySet):
    def loaded(self) -> bool:
        """Whether demonstration content is loaded now."""
        return self.exists()


class Demonstration(models.Model):
    """The one row that stands while demonstration content is loaded; every page then says so."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    loaded_at = models.DateTimeField(_("loaded at"), auto_now_add=True)

    objects = DemonstrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("demonstration")
        verbose_name_plural = _("demonstrations")
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="demonstration_only_once")]

    def __str__(self):
        return str(self._meta.verbose_name)
