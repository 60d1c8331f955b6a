"""What a dialogue was about: our own topics, and the action plan's initiatives. Both are lists a team lead edits."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .versioned import Versioned


class OfferedQuerySet(models.QuerySet):
    def on_offer(self):
        return self.filter(on_offer=True)


class Topic(Versioned):
    name_da = models.CharField(_("Danish name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, unique=True)
    on_offer = models.BooleanField(_("on offer in new dialogues"), default=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        ordering = ["name_da"]
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self):
        return self.name_en if get_language() == "en" else self.name_da


class Initiative(Versioned):
    """One numbered initiative of an action plan, under one of the plan's four priorities."""

    class Priority(models.IntegerChoices):
        MUNICIPALITIES = 1, _("A greater role for municipalities")
        TOOLS = 2, _("New tools for prevention and exit")
        ABROAD = 3, _("Closer cooperation with other countries")
        CIVIL_SOCIETY = 4, _("Civil society takes part")

    number = models.PositiveSmallIntegerField(_("number"), unique=True, validators=[MinValueValidator(1)])
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority)
    name_da = models.CharField(_("Danish name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    on_offer = models.BooleanField(_("on offer in new dialogues"), default=True)

    objects = OfferedQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")

    def __str__(self):
        return f"{self.number}. {self.name_en if get_language() == 'en' else self.name_da}"
