"""The people we keep a relationship with. Never a register of individuals of concern (product.md, "The boundary")."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .visibility import ContactQuerySet, keyed


class Person(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=140)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("languages"), max_length=80, blank=True)
    interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    remember = models.CharField(_("remember"), max_length=200, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("owner"), related_name="people")
    team = models.ForeignKey("accounts.Team", models.PROTECT, verbose_name=_("team"), null=True, blank=True)
    source = models.CharField(_("where we have the details from"), max_length=200)
    purpose = models.CharField(_("what we keep them for"), max_length=200)
    informed_on = models.DateField(_("told that we keep them"), null=True, blank=True)  # NULL: not yet
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
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_key = keyed(self.name, self.email, self.phone)
        super().save(*args, **kwargs)
