"""The people we keep a relationship with. Never a register of individuals of concern (product.md, "The boundary")."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from outreach.links import path_of

from .contact import Contact
from .visibility import UNTALKED, UNTOLD

if TYPE_CHECKING:
    from contacts.services.beside import MainRole

    from .affiliation import Affiliation


class Person(Contact):
    salutation = models.CharField(_("salutation"), max_length=80, blank=True)
    interpreter = models.BooleanField(_("needs an interpreter"), default=False)

    # The main role its reader may see, as a row or in words: services.keeping, services.beside.
    role: "Affiliation | MainRole | None"
    spoken: list[str]  # names of languages: services.beside
    roles: "list[Affiliation]"  # the current ones its reader may see: services.linking.suggestions_for

    class Meta(Contact.Meta):
        ordering = ["name", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["owner", "talk_by"], name="person_my_quiet"),
            models.Index(fields=["owner", "created_at"], name="person_my_untalked", condition=UNTALKED),
            models.Index(fields=["owner", "created_at"], name="person_my_untold", condition=UNTOLD),
            models.Index(fields=["talk_by", "name", "id"], name="person_by_rhythm"),
            models.Index(fields=["last_dialogue_on", "name", "id"], name="person_by_last_talk"),
            models.Index(Lower("email"), name="person_by_mailbox"),
            # In the order of the list; the last three are read there, so that others of the place are never looked up.
            models.Index(
                fields=["municipality", "name", "id", "owner", "restricted", "status"], name="person_of_place"
            ),
        ]

    def get_absolute_url(self):
        return path_of("workspace:person", self.pk)
