"""What practices and materials are about: a vocabulary that editors keep, in both languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from outreach.languages import written_in


class Theme(models.Model):
    """One subject, by the word that stands in addresses."""

    key = models.SlugField(_("key"), unique=True, help_text=_("Stands in addresses. Do not change it."))
    name_da = models.CharField(_("name in Danish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        ordering = ["order", "key"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self):
        return self.name

    @property
    def name(self):
        return self.name_da if written_in() == "da" else self.name_en
