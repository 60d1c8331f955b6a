"""The languages people speak with us."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Language(models.Model):
    code = models.CharField(_("ISO 639 code"), max_length=3, primary_key=True)
    name_da = models.CharField(_("Danish name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60)
    own_name = models.CharField(_("its own name"), max_length=60, blank=True)
    also = models.CharField(_("other words for it"), max_length=120, blank=True)  # divided by commas

    class Meta:
        ordering = ["name_da"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name_da
