"""The people we keep a relationship with. Never a register of individuals of concern (product.md, "The boundary")."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .contact import Contact


class Person(Contact):
    language = models.CharField(_("languages"), max_length=80, blank=True)
    interpreter = models.BooleanField(_("needs an interpreter"), default=False)
    informed_on = models.DateField(_("told that we keep them"), null=True, blank=True)  # NULL: not yet

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["owner", "talk_by"], name="person_my_quiet"),
            models.Index(Lower("email"), name="person_by_mailbox"),
        ]
