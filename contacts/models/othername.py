"""The other names a contact is known by, in any script."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .belonging import BelongingQuerySet, of_one_contact
from .language import Language
from .organisation import Organisation
from .person import Person


class OtherName(models.Model):
    class Kind(models.TextChoices):
        FORMER = "former", _("Former name")
        SHORT = "short", _("Short name")
        OWN_SCRIPT = "own_script", _("In its own script")
        ROMANISED = "romanised", _("In Latin letters")
        OTHER = "other", _("Also called")

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="other_names")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="other_names")
    name = models.CharField(_("name"), max_length=140)
    kind = models.CharField(_("kind of name"), max_length=12, choices=Kind, default=Kind.OTHER)
    language = models.ForeignKey(
        Language, models.SET_NULL, verbose_name=_("language"), null=True, blank=True, related_name="+"
    )  # NULL: not noted
    order = models.PositiveSmallIntegerField(default=0)

    objects = BelongingQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        constraints = [
            of_one_contact("other_name_is_of_one_contact"),
            *(
                models.UniqueConstraint(fields=[owner, "name"], name=f"other_name_once_{owner}")
                for owner in ("person", "organisation")
            ),
        ]

    def __str__(self):
        return self.name
